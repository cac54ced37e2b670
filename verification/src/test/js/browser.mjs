// One headless browser with any number of pages.
import { chromium } from "playwright-core";
import { say, serve } from "./lines.mjs";

const browser = await chromium.launch({
  executablePath: process.argv[2],
  headless: true,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
const pages = new Map();

serve({
  async open({ page, url, width, height, scheme }) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
    const tab = await context.newPage();
    const problems = [];
    tab.on("pageerror", (error) => problems.push(String(error)));
    tab.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    pages.set(page, { tab, context, problems });
    await tab.goto(url);
  },
  async text({ page, selector }) {
    return pages.get(page).tab.locator(selector).first().innerText();
  },
  async awaitText({ page, selector, text }) {
    const found = pages.get(page).tab.locator(selector).filter({ hasText: text });
    await found.first().waitFor({ timeout: 20_000 });
  },
  async evaluate({ page, script }) {
    return pages.get(page).tab.evaluate(script);
  },
  async offline({ page, offline }) {
    await pages.get(page).context.setOffline(offline);
  },
  async screenshot({ page, file }) {
    await pages.get(page).tab.screenshot({ path: file, fullPage: true });
  },
  problems({ page }) {
    return pages.get(page).problems;
  },
  async close({ page }) {
    await pages.get(page).context.close();
    pages.delete(page);
  },
});
process.stdin.on("end", () => browser.close());
say({ call: "ready", result: null });
