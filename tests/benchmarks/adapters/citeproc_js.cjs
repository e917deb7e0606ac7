// citeproc-js (npm package `citeproc`), by its public interface; see child.py for what
// goes in and comes out. CITEKIT_REFERENCE names the node_modules folder that has it,
// CITEKIT_LOCALES the folder of the locale files.

"use strict";

const { createRequire } = require("node:module");
const path = require("node:path");
const fs = require("node:fs");

const modules = path.resolve(process.env.CITEKIT_REFERENCE);
const CSL = createRequire(path.join(modules, "here.js"))("citeproc");
const read = (file) => fs.readFileSync(file, "utf8");

const peakMb = () => {
  const found = fs.existsSync("/proc/self/status") && /VmHWM:\s*(\d+)/.exec(read("/proc/self/status"));
  return (found ? Number(found[1]) : process.resourceUsage().maxRSS) / 1024;
};

function locale(lang) {
  const file = path.join(process.env.CITEKIT_LOCALES, `locales-${lang}.xml`);
  return fs.existsSync(file) ? read(file) : false;
}

function bibliography(engine, ids) {
  engine.updateItems(ids);
  return engine.makeBibliography()[1].length;
}

function wholeDocument(engine, cites) {
  const citations = cites.map((cite, index) => ({
    citationID: `citation-${index}`,
    citationItems: [cite],
    properties: { noteIndex: index + 1 },
  }));
  const printed = engine.rebuildProcessorState(citations, "html", []);
  if (printed.length !== cites.length) throw new Error("not every citation was printed");
  return engine.makeBibliography()[1].length;
}

function work(job, engine, ids, cites) {
  if (job === "document") return wholeDocument(engine, cites);
  if (job === "bibliography") return bibliography(engine, ids);
  return ids.reduce((sum, id) => sum + bibliography(engine, [id]), 0);
}

const task = JSON.parse(read(process.argv[2]));
const records = JSON.parse(read(task.records));
const cites = JSON.parse(read(task.cites));
const items = new Map(records.map((item) => [item.id, item]));
const started = process.hrtime.bigint();
const system = { retrieveLocale: locale, retrieveItem: (id) => items.get(id) };
const engine = new CSL.Engine(system, read(task.style), "en-US");
const loaded = process.hrtime.bigint();
bibliography(engine, [...items.keys()].slice(0, 2));
engine.updateItems([]);
const warmed = process.hrtime.bigint();
const base = peakMb();
const begun = process.hrtime.bigint();
const entries = work(task.job, engine, [...items.keys()], cites);
const done = process.hrtime.bigint();

console.log(
  JSON.stringify({
    seconds: Number(done - begun) / 1e9,
    load_ms: Number(loaded - started) / 1e6,
    first_ms: Number(warmed - loaded) / 1e6,
    entries,
    base_mb: base,
    peak_mb: peakMb(),
  }),
);
