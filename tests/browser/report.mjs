// See README.md beside this file for the command.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { hostile } from "./hostile.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const program = process.env.THREADSTANCE || path.join(root, "target/debug/threadstance");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const work = mkdtempSync(path.join(tmpdir(), "threadstance-browser-"));

const WORDS = [
  "They stole it, the ledger proves it.", "This is a smear campaign, nothing but lies.", "Is there any evidence for this?", "Nice weather today.",
  "I don't believe a word of it.", "Lock them up, they are guilty.", "Exactly this.", "What about the other side?",
];

// A forest of `n` comments, one line each.
const corpus = (n, thread) => Array.from({ length: n }, (_, i) => JSON.stringify({
  id: `${thread}-${i}`, thread_id: thread, parent_id: i % 7 ? `${thread}-${i - 1 - ((i * 31) % (i % 7))}` : undefined, author: `user${i % 97}`, text: `${WORDS[(i * 7 + (i >> 3)) % WORDS.length]} (${i})`, score: i % 40,
})).join("\n") + "\n";

const report = (name, files) => {
  const input = path.join(work, name);
  mkdirSync(input);
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(input, file), text);
  execFileSync(program, ["report", input, "--html", "--profile", "dprk-it-workers", "--out", path.join(work, `${name}-out`)], { stdio: "ignore" });
  return pathToFileURL(path.join(work, `${name}-out`, "report.html")).href;
};

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args });
let passed = 0;
const test = async (name, url, scheme, body) => {
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width: 1100, height: 800 }, offline: true, acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(5000);
  const [errors, requests] = [[], []];
  page.on("pageerror", (e) => errors.push(String(e)));
  page.on("console", (m) => m.type() === "error" && errors.push(m.text()));
  page.on("request", (r) => r.url().startsWith("blob:") || requests.push(r.url()));
  page.on("dialog", (d) => { errors.push(`dialog: ${d.message()}`); d.dismiss(); });
  await page.exposeFunction("fired", () => errors.push("a hostile string ran"));
  const start = performance.now();
  await page.goto(url);
  await page.waitForFunction(() => document.querySelectorAll("#list .thread").length > 0 || document.querySelector("#count").textContent.startsWith("0"));
  const opened = Math.round(performance.now() - start);
  await body(page, opened);
  assert.deepEqual(errors, [], name);
  assert.deepEqual([...new Set(requests)], [url], `${name}: nothing but the page is requested`);
  if (process.env.SHOTS) await page.screenshot({ path: path.join(process.env.SHOTS, `${name.replaceAll(" ", "-")}-${scheme}.png`), fullPage: name.startsWith("whole") });
  await context.close();
  passed += 1;
  console.log(`ok ${name} (${scheme}, open ${opened} ms)`);
};
const count = (page) => page.textContent("#count");
const settle = (page) => page.waitForTimeout(250);

try {
  const outlets = `["a.ndjson"]\noutlet = "Heron"\n["b.ndjson"]\noutlet = "Wren"\nurl = "https://wren.example/1"\n`;
  const plain = report("plain", { "a.ndjson": corpus(60, "a"), "b.ndjson": corpus(25, "b"), "outlets.toml": outlets });

  await test("filters", plain, "light", async (page) => {
    assert.equal(await count(page), "85 of 85 comments");
    await page.selectOption("#outlet", { label: "Wren" });
    await settle(page);
    assert.equal(await count(page), "25 of 85 comments");
    assert.equal(await page.getAttribute("#list a", "rel"), "noopener nofollow noreferrer");
    await page.selectOption("#stance", "deny");
    await settle(page);
    const denied = parseInt(await count(page), 10);
    assert.ok(denied > 0 && denied < 25, String(denied));
    assert.equal(await page.locator("#list li:not(.context):not(.thread) .tag.deny").count(), denied);
    await page.click("#filters button[type=reset]");
    await settle(page);
    await page.fill("#author", "user12");
    await settle(page);
    assert.equal(await count(page), "2 of 85 comments");
    await page.fill("#author", "");
    await page.fill("#least", "0.9");
    await settle(page);
    assert.ok(parseInt(await count(page), 10) < 85);
  });

  const lines = [{ id: "a", parent_id: "gone", text: "They stole it." }, { id: "b", text: "Nice weather." }];
  const gapped = report("gapped", { "a.ndjson": lines.map((l) => JSON.stringify(l)).join("\n") });
  await test("a gap is no comment", gapped, "light", async (page) => {
    assert.equal(await count(page), "2 of 2 comments and 1 not on the page");
    await page.fill("#words", "weather");
    await settle(page);
    assert.equal(await count(page), "1 of 2 comments");
  });

  await test("a bar shows its comments", plain, "light", async (page) => {
    const spot = page.locator("#stance_by_outlet .light .spot").first();
    const promised = (await spot.getAttribute("aria-label")).match(/show (\d+) comments/)[1];
    await spot.focus();
    await page.keyboard.press("Enter");
    await settle(page);
    assert.equal(await count(page), `${promised} of 85 comments`);
    await page.locator("#stance_by_depth .light .spot").last().click();
    await settle(page);
    assert.ok(await page.inputValue("#level"));
  });

  await test("replies fold", plain, "light", async (page) => {
    const before = await page.locator("#list li[data-i]").count();
    const turn = page.locator("#list .turn").first();
    assert.equal(await turn.getAttribute("aria-expanded"), "true");
    await turn.click();
    assert.equal(await page.locator("#list .turn").first().getAttribute("aria-expanded"), "false");
    assert.ok((await page.locator("#list li[data-i]").count()) <= before);
    await page.click("#fold");
    const roots = await page.locator("#list li[data-i]").count();
    await page.click("#unfold");
    assert.ok((await page.locator("#list li[data-i]").count()) > roots);
  });

  await test("evidence explains itself", plain, "light", async (page) => {
    const mark = page.locator("#list mark").first();
    await mark.focus();
    const tip = await page.textContent("#tip");
    assert.match(tip, /^[a-z_-]+\.[a-z_-]+: .*\n.+/, tip);
    assert.equal(await mark.getAttribute("aria-describedby"), "tip");
    await page.keyboard.press("Escape");
    assert.equal(await page.isHidden("#tip"), true);
    await page.locator("#list mark").nth(1).hover();
    assert.match(await page.textContent("#tip"), /^[a-z_-]+\.[a-z_-]+: .*\n.+/);
    await page.mouse.move(2, 2);
    assert.equal(await page.isHidden("#tip"), true);
  });

  await test("numbers stand beside every figure", plain, "light", async (page) => {
    for (const figure of await page.locator("figure").all()) {
      const rows = await figure.locator("table tbody tr").count();
      const id = await figure.getAttribute("id");
      // The corpus has comments alone.
      assert.ok(rows > 0 || id === "voice_by_outlet", id);
      if (rows <= 12) assert.ok(await figure.locator("table").isVisible(), id);
    }
  });

  await test("paper holds everything", plain, "dark", async (page) => {
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.equal(await page.locator("#list li[data-i]").count(), 85);
    assert.equal(await page.locator("details:not([open])").count(), 0);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    assert.equal(await page.locator("#stance_by_outlet .light").isVisible(), true, "paper is white");
    assert.equal(await page.locator("#stance_by_outlet .dark").isVisible(), false);
    assert.equal(await page.locator("#filters").isVisible(), false);
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  });

  await test("codings are kept and exported", plain, "light", async (page) => {
    await page.fill("#coder", "=ann, \"a\"");
    const select = page.locator("#list select[data-field=label]").nth(1);
    await select.selectOption("query");
    await page.reload();
    await page.waitForSelector("#list .thread");
    assert.equal(await page.locator("#list select[data-field=label]").nth(1).inputValue(), "query");
    await page.fill("#coder", "=ann, \"a\"");
    const saved = async (button) => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.click(button)]);
      return readFileSync(await download.path(), "utf8");
    };
    assert.equal(await saved("#csv"), `id,thread_id,label,sentiment,coder\r\na-1,a,query,,"'=ann, ""a"""\r\n`);
    assert.deepEqual(JSON.parse(await saved("#json")), [{ id: "a-1", thread_id: "a", label: "query", sentiment: "", coder: "=ann, \"a\"" }]);
  });

  const evil = {};
  let listed = "";
  hostile.forEach((s, i) => {
    const line = (id, text, author) => JSON.stringify({ id, text, author, thread_id: s.slice(0, 60) || "x", parent_id: undefined });
    evil[`t${String(i).padStart(2, "0")}.ndjson`] = `${line(`${i}`, `${s} they stole it`, s)}\n${line(`${s}-2`, s, `a${s}`)}\n`;
    const toml = JSON.stringify(s).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
    listed += `["t${String(i).padStart(2, "0")}.ndjson"]\noutlet = ${toml}\ntitle = ${toml}\nurl = ${toml}\n`;
  });
  const xss = report("hostile", { ...evil, "outlets.toml": listed });
  for (const scheme of ["light", "dark"]) {
    await test(`${hostile.length} hostile strings fire nothing`, xss, scheme, async (page) => {
      assert.equal(await count(page), `${hostile.length * 2} of ${hostile.length * 2} comments`);
      for (let i = 0; i < 20; i += 1) await page.mouse.wheel(0, 4000);
      await settle(page);
      const marks = page.locator("#list mark");
      for (let i = 0; i < Math.min(40, await marks.count()); i += 1) await marks.nth(i).focus();
      for (let i = 0; i < 30; i += 1) await page.keyboard.press("Tab");
      assert.equal(await page.locator("#list img, #list iframe, #list script, #list a[href^='javascript' i]").count(), 0);
      assert.equal(await page.evaluate(() => document.scripts.length), 2);
    });
  }

  const seeds = report("seeds", Object.fromEntries(["000_28f73d6defe4cb62.txt", "001_e13f849b512c8585.txt", "003_9872165a3e3d2e42.txt", "outlets.toml"].map((f) => [f, readFileSync(path.join(root, "seeds", f), "utf8")])));
  for (const scheme of ["light", "dark"]) {
    await test("whole page, no serious violation", seeds, scheme, async (page) => {
      await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
      // The policy lets no foreign script run in the page; evaluation by the test's own channel is exempt.
      await page.evaluate(axe);
      const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
      const serious = found.violations.filter((v) => ["serious", "critical"].includes(v.impact));
      assert.deepEqual(serious.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`), []);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(wide, false, "the page needs no sideways scrolling");
      await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = false; }));
    });
  }

  const large = report("large", Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`t${i}.ndjson`, corpus(500, `t${i}`)])));
  await test("10,000 comments", large, "light", async (page, opened) => {
    assert.equal(await count(page), "10000 of 10000 comments");
    assert.ok(opened < 2000, `opened in ${opened} ms`);
    const nodes = await page.locator("#list li[data-i]").count();
    assert.ok(nodes < 500, `${nodes} rows drawn at first`);
    const start = performance.now();
    await page.selectOption("#stance", "deny");
    await page.waitForFunction(() => !document.querySelector("#count").textContent.startsWith("10000"));
    console.log(`   filtered in ${Math.round(performance.now() - start)} ms, ${nodes} rows drawn at first`);
    // A frame is one step of a wheel that is turned fast; every row that comes must be drawn before it is seen.
    const frames = await page.evaluate(() => new Promise((done) => {
      const [times, blank] = [[], []];
      let last = performance.now();
      document.getElementById("comments").scrollIntoView();
      const frame = (now) => {
        times.push(now - last);
        last = now;
        const at = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
        if (at && at.closest(".gap")) blank.push(scrollY);
        scrollBy(0, 400);
        if (times.length < 150) requestAnimationFrame(frame); else done({ times: times.slice(2).sort((a, b) => a - b), blank });
      };
      requestAnimationFrame(frame);
    }));
    const { times, blank } = frames;
    const [median, longest] = [times[times.length >> 1], times.at(-1)].map(Math.round);
    console.log(`   a frame while scrolling takes ${median} ms in the median, ${longest} ms at most`);
    assert.deepEqual(blank, [], "no row is missing where one is seen");
    assert.ok(median <= 50, `a frame takes ${median} ms`);
    await page.evaluate(() => document.querySelector("#list").scrollIntoView({ block: "end" }));
    await settle(page);
    await page.evaluate(() => document.querySelector("#list").scrollIntoView({ block: "end" }));
    await settle(page);
    const [place, size] = await page.locator("#list li[data-i]").last().evaluate((li) => [li.getAttribute("aria-posinset"), li.getAttribute("aria-setsize")]);
    assert.equal(place, size, "the last comment can be reached");
    const kept = await page.locator("#list li[data-i]").count();
    assert.ok(kept < 200, `${kept} rows drawn after scrolling`);
    // Back upward past rows that were never measured: what is read stays where it is.
    const jumps = await page.evaluate(async () => {
      const found = [];
      for (let i = 0; i < 40; i += 1) {
        const li = [...document.querySelectorAll("#list li[data-i]")].find((n) => n.getBoundingClientRect().bottom > 100);
        const was = li.getBoundingClientRect().top;
        scrollBy(0, -90);
        await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
        if (li.isConnected) found.push(Math.abs(li.getBoundingClientRect().top - was - 90));
      }
      return found;
    });
    assert.ok(jumps.length > 30 && Math.max(...jumps) < 2, `rows jump by ${Math.max(...jumps)} px`);
  });
} finally {
  await browser.close();
  rmSync(work, { recursive: true });
}
console.log(`${passed} passed, 0 failed`);
