// A journey in a real browser: somebody writes from a phone, the clerk registers it onward, the unit
// accepts, and every page passes the accessibility check. Run by ./test, which starts the program.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(process.env.HUIYIN_BROWSER_MODULES + "/");
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [base, password] = [process.argv[2], process.argv[3]];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
let passed = 0;
let failed = 0;

async function check(page, name) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run());
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
  const wrong = violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 160)}`);
  if (wide) wrong.push("wider than the screen");
  if (process.env.HUIYIN_PICTURES) await page.screenshot({ path: `${process.env.HUIYIN_PICTURES}/${name}.png`, fullPage: true });
  if (wrong.length) { failed += 1; console.log(`FAILED ${name}\n  ${wrong.join("\n  ")}`); } else passed += 1;
}

async function open(width, height, lang) {
  const context = await browser.newContext({ viewport: { width, height }, bypassCSP: true });
  await context.addCookies([{ name: "lang", value: lang, url: base }]);
  return context.newPage();
}

// Leaving a form half filled in asks first; the journey says yes.
function dialogs(page) { page.on("dialog", (dialog) => dialog.accept()); }

async function signIn(page, login) {
  await page.goto(`${base}/sign-in`);
  await page.fill("#login", login);
  await page.fill("#password", password);
  await page.press("#password", "Enter");
  await page.waitForURL("**/desk");
}

// On a phone, without an account.
const phone = await open(390, 844, "zh-Hans");
await phone.goto(base);
await check(phone, "home-phone");
await phone.click("text=我要反映");
const next = () => phone.click("form .button.primary");
await next();
await phone.waitForSelector(".summary");
await check(phone, "write-refused-phone");
await phone.fill("#text", "村口的路灯坏了三个月，晚上老人出门摔倒过。");
await next();
await phone.waitForSelector("#place");
await check(phone, "write-where-phone");
await next();
await phone.fill("#demand", "请求修好村口的路灯");
await phone.press("#demand", "Enter");
await phone.waitForSelector("#name");
await phone.fill("#name", "王小满");
await phone.fill("#phone", "13800007777");
await next();
await phone.waitForSelector(".answered");
await check(phone, "write-review-phone");
await next();
await phone.waitForSelector(".code");
await check(phone, "receipt-phone");
const number = (await phone.textContent("dd.num")).trim();
const code = (await phone.textContent("dd.code")).trim();
await phone.goto(`${base}/status`);
await phone.fill("#number", number);
await phone.fill("#code", code);
await phone.click("button.primary");
await phone.waitForSelector(".answerbox");
await check(phone, "status-phone");
await phone.fill("#text", "补充：路灯杆编号是十二号。");
await phone.click("text=补充材料 >> nth=-1");
await phone.waitForSelector("[role=status]");
await check(phone, "material-added-phone");
await phone.goto(`${base}/mailbox`);
await check(phone, "mailbox-phone");

// At the desk: find it by the words in the other script, and pass it on.
const clerk = await open(1440, 900, "zh-Hans");
await signIn(clerk, "duanzhiyuan");
await check(clerk, "desk");
await clerk.keyboard.press("/");
await clerk.keyboard.type("路燈");
await clerk.keyboard.press("Enter");
await clerk.waitForURL("**/search**");
await clerk.click("td .title");
await check(clerk, "matter");
const matter = clerk.url();
await clerk.click(`a[href$="/refer"]`);
await clerk.selectOption("#to", "agri");
await check(clerk, "refer");
await clerk.click("form.form button.primary");
await clerk.waitForURL(matter);
await clerk.goto(`${base}/register`);
await clerk.fill("#text", "村口的路灯坏了三个月，没有人来修，晚上看不见路。");
await clerk.fill("#name", "王小满");
await clerk.fill("#phone", "13800007777");
await clerk.waitForSelector("#likely .match");
await check(clerk, "register-likely");
dialogs(clerk);
for (const path of ["/register", "/matters", "/report?year=2025", "/organisation", "/colleagues", "/office/record_absence", "/calendar", "/categories", "/import", "/password", "/office/issue_token"]) {
  await clerk.goto(base + path);
  await check(clerk, path.split("?")[0].slice(1).replace("/", "-"));
}
const report = await clerk.goto(`${base}/report?year=2025`).then(() => clerk.textContent("article"));
if (!report.includes("集体访46件")) { failed += 1; console.log("FAILED the report does not say 集体访46件"); } else passed += 1;

// At the unit, in the other languages.
const unit = await open(390, 844, "zh-Hant");
await signIn(unit, "tianjiawang");
await unit.goto(matter);
await unit.click(`a[href$="/accept"]`);
await unit.click("form.form button.primary");
await unit.waitForURL(matter);
await check(unit, "matter-accepted-phone-hant");
await unit.click(`a[href*="/papers/"]`);
await check(unit, "paper-phone-hant");
// The unit and the petitioners look into it together; the petitioner signs from the phone.
await unit.goto(`${matter}/open_participation`);
await unit.fill("#elected_on", "2025-12-31");
await unit.fill("#representatives", "王小满");
await unit.fill("#members", "农業農村局");
await unit.fill("#text", "一起查看路燈");
await check(unit, "participation-form-phone-hant");
await unit.click("form.form button.primary");
await unit.waitForURL(matter);
await unit.goto(`${matter}/hold_session`);
for (const [field, words] of [["venue", "村委會"], ["present", "雙方"], ["text", "燈桿倒了"]]) await unit.fill(`#${field}`, words);
await unit.click("form.form button.primary");
await unit.waitForURL(matter);
await check(unit, "matter-together-phone-hant");
await phone.goto(`${base}/status`);
await phone.fill("#number", number);
await phone.fill("#code", code);
await phone.click("button.primary");
await phone.waitForSelector("#part");
await check(phone, "status-together-phone");
await phone.click("text=会签笔录");
await phone.waitForSelector("[role=status]");
await check(phone, "countersigned-phone");

// Somebody accuses the unit; its people find nothing, the clerk breaks no seal without a reason.
await phone.goto(`${base}/write`);
await phone.check("input[value=accusation]");
await phone.click("text=检举控告谁");
await phone.selectOption("#accused_unit", "housing");
await phone.fill("#text", "收受礼金");
await check(phone, "accusation-phone");
await next();
await phone.waitForSelector("#place");
await next();
await phone.fill("#demand", "依法查处");
await next();
await phone.waitForSelector("#name");
await phone.click("button[value=next]:not(.first-button)");
await phone.waitForSelector(".answered");
await check(phone, "accusation-review-phone");
await next();
await phone.waitForSelector(".code");
const head = await open(1440, 900, "zh-Hans");
await signIn(head, "liangguodong");
for (const path of ["/mailboxes", "/matters/2025-62", "/matters/2025-62/papers/index", "/office/open_mailbox"]) {
  await head.goto(base + path);
  await check(head, path.slice(1).replaceAll("/", "-"));
}
await head.goto(`${base}/matters`);
await head.click("td a.title >> text=密封事项");
await check(head, "sealed-matter");
const sealed = head.url();
await head.goto(`${sealed}/refer`);
// Only the discipline organ is offered, and whoever stands above everybody accused.
await head.selectOption("#to", "jiwei");
await head.click("form.form button.primary");
await head.waitForURL(sealed);
await clerk.goto(sealed);
await check(clerk, "sealed-clerk");
await head.goto(`${base}/seals`);
await check(head, "seals");
const admin = await open(390, 844, "zh-Hans");
await admin.goto(`${base}/sign-in`);
await admin.fill("#login", "jiaohongwei");
await admin.fill("#password", password);
await admin.press("#password", "Enter");
await admin.waitForURL("**/organisation");
await admin.goto(`${base}/jobs`);
await check(admin, "jobs-phone");

// A leader on a phone: the day's list, a visitor, an instruction, a visit to a village.
const leader = await open(390, 844, "zh-Hans");
dialogs(leader);
await signIn(leader, "guchanghe");
await leader.goto(`${base}/leader`);
await check(leader, "leader-phone");
await leader.click('a[href^="/duty/reception/"]');
await check(leader, "leader-day-phone");
const day = leader.url();
await leader.click('a[href$="/receive?entry=1"]');
await leader.fill("#text", "请住建局三日内上门查看，当面答复。");
await leader.selectOption("#owner", "housing");
await leader.fill("#due_on", "2026-01-09");
await check(leader, "leader-receive-phone");
await leader.click("form.form button.primary");
await leader.waitForURL(day);
await check(leader, "leader-received-phone");
await leader.goto(`${matter}/instruct`);
await leader.selectOption("#tracker", { index: 1 });
await leader.fill("#due_on", "2026-01-12");
await leader.fill("#summary", "村口路灯坏了三个月");
await leader.fill("#text", "请十日内修好，并告诉反映人。");
await check(leader, "leader-instruct-phone");
await leader.click("form.form button.primary");
await leader.waitForURL(matter);
await leader.goto(`${base}/leader`);
if ((await leader.textContent("main")).includes("路灯")) passed += 1; else { failed += 1; console.log("FAILED the instruction is not on the leader's page"); }
await leader.click('a[href="/duty/outreach/new/plan_visit"]');
await leader.fill("#on", "2026-01-06");
await leader.selectOption("#place", { index: 3 });
await leader.fill("#venue", "村委会和养殖户家中");
await check(leader, "leader-visit-form-phone");
await leader.click("form.form button.primary");
await leader.waitForURL("**/duty/outreach/2*");
await check(leader, "leader-visit-phone");
// In the village, today: what somebody says there is a petition before the leader has left.
await leader.goto(`${base}/duty/outreach/new/plan_visit`);
await leader.fill("#on", "2025-12-31");
await leader.selectOption("#place", { index: 5 });
await leader.fill("#venue", "村口");
await leader.click("form.form button.primary");
await leader.waitForURL("**/duty/outreach/2*");
const visit = leader.url();
await leader.click('a[href$="/record_visit"]');
await leader.fill("#met", "6");
await leader.fill("#text", "看了水渠，听了意见。");
await leader.click("form.form button.primary");
await leader.waitForURL(visit);
await leader.click('a[href$="/find_problem"]');
await leader.fill("#text", "水渠塌了一段，今年浇不上水。");
await leader.fill("#name", "王占山");
await leader.fill("#phone", "13800008888");
await leader.fill("#demand", "修好塌了的水渠");
await check(leader, "leader-problem-phone");
await leader.click("form.form button.primary");
await leader.waitForSelector(".note .code");
await check(leader, "leader-petition-phone");
// From home somebody takes a place on a day that is announced.
await phone.goto(`${base}/receptions`);
await check(phone, "receptions-phone");
await phone.click('a.button[href^="/receptions/"] >> nth=1');
await phone.fill("#name", "王小满");
await phone.fill("#phone", "13800007777");
await phone.fill("#topic", "问路灯什么时候修好");
await check(phone, "book-phone");
await phone.click("form.form button.primary");
await phone.waitForSelector(".code");
await check(phone, "booked-phone");
await phone.goto(`${base}/rules`);
await check(phone, "rules-phone");
for (const path of ["/leader", "/duty", "/board", "/duty/reception", "/duty/agreement/2025-1", "/duty/campaign/2025-1", "/duty/conference/2025-20", "/figures/special_campaign.matters?from=2025-01-01&until=2025-12-31", "/duty/tenure/new/begin_term"]) {
  await clerk.goto(base + path);
  await check(clerk, path.split("?")[0].slice(1).replaceAll("/", "-"));
}
await phone.goto(`${base}/deadline?clock=review_window&start=2026-09-01`);
await check(phone, "deadline-phone");
await phone.goto(`${base}/results`);
await check(phone, "results-phone");
const english = await open(1440, 900, "en");
await english.goto(base);
await check(english, "home-en");
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
