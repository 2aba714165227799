// Only speed: every page works without it.
const find = document.getElementById("find");
let dirty = false;
document.addEventListener("keydown", (event) => {
  const typing = /^(input|textarea|select)$/i.test(document.activeElement?.tagName ?? "");
  if (event.key === "/" && !typing && find) { event.preventDefault(); find.focus(); }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    document.activeElement?.form?.querySelector(".button.primary")?.click();
  }
  const section = event.altKey && /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : -1;
  const jump = document.querySelectorAll("fieldset")[section];
  if (jump) { event.preventDefault(); jump.querySelector("input, select, textarea")?.focus(); }
});
document.addEventListener("input", (event) => { dirty ||= Boolean(event.target.closest("form[method=post]")); });
document.addEventListener("submit", () => { dirty = false; });
addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });

// While a petition is being registered, likely earlier matters appear beside it.
const register = document.getElementById("register");
const panel = document.getElementById("likely");
const looked = ["name", "phone", "id_number", "title", "text", "demand", "place", "category"];
let waiting;
let asked = 0;
async function look() {
  const form = new FormData(register);
  form.delete("files");
  const turn = ++asked;
  const answer = await fetch("/register/likely", { method: "POST", body: new URLSearchParams(form) }).catch(() => null);
  // An answer that was overtaken, or that came while the clerk is choosing, is dropped.
  if (answer?.ok && turn === asked && !panel.contains(document.activeElement)) panel.innerHTML = await answer.text();
}
if (register && panel) {
  register.addEventListener("input", (event) => {
    if (!looked.includes(event.target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(look, 600);
  });
}
