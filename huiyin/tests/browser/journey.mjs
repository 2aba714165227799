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
for (const path of ["/register", "/matters", "/report?year=2025", "/organisation", "/calendar", "/categories", "/import", "/password", "/office/issue_token"]) {
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
const english = await open(1440, 900, "en");
await english.goto(base);
await check(english, "home-en");
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
