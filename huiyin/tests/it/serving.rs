//! The program on a real socket: who holds a connection open keeps nobody else out.

use crate::office::Office;
use huiyin::serve::{Connections, run};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

/// Serves an office; its address, and what stops it.
async fn served(office: &Office, connections: Connections) -> (SocketAddr, oneshot::Sender<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("listens");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = oneshot::channel();
    let house = office.house.clone();
    tokio::spawn(async move {
        let stopped = async {
            let _ = stopped.await;
        };
        run(house, listener, connections, stopped).await.expect("serves");
    });
    (address, stop)
}

/// What is answered to these bytes.
async fn answered(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("connects");
    stream.write_all(request.as_bytes()).await.expect("sends");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

const HOME: &str = "GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_request_names_its_host_once() {
    let office = Office::new();
    let (address, _stop) = served(&office, Connections::default()).await;
    assert!(answered(address, HOME).await.starts_with("HTTP/1.1 200"));
    for wrong in [
        "GET / HTTP/1.1\r\nconnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\nconnection: close\r\n\r\n",
    ] {
        assert!(answered(address, wrong).await.starts_with("HTTP/1.1 400"), "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_connections_than_there_is_room_for_wait_and_then_are_served() {
    let office = Office::new();
    let room = Connections { most: 2, each: 64 };
    let (address, stop) = served(&office, room).await;
    let half = async || {
        let mut stream = TcpStream::connect(address).await.expect("connects");
        stream.write_all(b"GET / HTTP/1.1\r\n").await.expect("sends");
        stream
    };
    let (first, second) = (half().await, half().await);
    let waiting = tokio::spawn(answered(address, HOME));
    // Whoever is connected answers nothing; the third has to wait for one of them.
    tokio::task::yield_now().await;
    assert!(!waiting.is_finished());
    drop(first);
    assert!(waiting.await.expect("ends").starts_with("HTTP/1.1 200"));
    drop(second);
    stop.send(()).expect("stops");
}
