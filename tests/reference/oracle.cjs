// Runs jobs through the npm package `citeproc` (the reference processor) by its
// public interface only: a black box to compare citekit with, never a part of it.
//
// stdin:  {locales: {language: XML}, jobs: [{style, lang, items, citations, …}, …]}
// stdout: {"results": [{citations, bibliography: {params, entries}} or {error}, …]}
//
// style: the style's XML; lang: the locale wanted, which beats the style's own
// default only when `forceLang` is true; items: CSL-JSON.
// citations: each a list of cites, or {citationItems, citationID, properties}.
// tracked (default true): a document, positions worked out from one citation to
// the next; false: each citation by itself, with the positions its cites carry.
// uncited (default true): items that are not cited are in the bibliography too.
// text (default false): plain text instead of HTML.

"use strict";

const { createRequire } = require("node:module");
const path = require("node:path");
const fs = require("node:fs");

const modules = process.env.CITEKIT_REFERENCE;
const CSL = createRequire(path.join(path.resolve(modules), "here.js"))("citeproc");

const WARM_UP = "citekit-warm-up";
const DATE_VARIABLES = [
  "accessed", "available-date", "event-date", "issued", "original-date", "submitted",
];

function warmUpItem() {
  const item = { id: WARM_UP, type: "book", title: "Warm-up" };
  for (const variable of DATE_VARIABLES) {
    item[variable] = { "date-parts": [[1987, 2, 3], [1989, 5, 6]] };
  }
  return item;
}

function engineFor(job) {
  const items = new Map(job.items.map((item) => [String(item.id), item]));
  items.set(WARM_UP, warmUpItem());
  const system = {
    retrieveLocale: (lang) => locales[lang] || false,
    retrieveItem: (id) => JSON.parse(JSON.stringify(items.get(String(id)))),
  };
  const engine = new CSL.Engine(system, job.style, job.lang, Boolean(job.forceLang));
  warmUp(engine);
  engine.setOutputFormat(job.text ? "text" : "html");
  return engine;
}

// A fresh engine garbles the first date range it prints in some styles.
function warmUp(engine) {
  engine.updateItems([WARM_UP]);
  engine.makeCitationCluster([{ id: WARM_UP }]);
  if (engine.bibliography.tokens.length) engine.makeBibliography();
  engine.updateItems([]);
}

function normal(citation, index) {
  const whole = Array.isArray(citation) ? { citationItems: citation } : citation;
  return {
    citationID: whole.citationID || `citation-${index}`,
    citationItems: whole.citationItems,
    properties: { noteIndex: index + 1, ...whole.properties },
  };
}

function cite(engine, job) {
  const ids = job.uncited === false ? [] : job.items.map((item) => String(item.id));
  const citations = (job.citations || []).map(normal);
  if (job.tracked === false) {
    engine.updateItems(ids);
    return citations.map((citation) => engine.makeCitationCluster(citation.citationItems));
  }
  engine.updateUncitedItems(ids);
  const format = job.text ? "text" : "html";
  return engine.rebuildProcessorState(citations, format, ids).map((triple) => triple[2]);
}

function bibliography(engine) {
  const made = engine.makeBibliography();
  return made ? { params: made[0], entries: made[1] } : null;
}

function run(job) {
  try {
    const engine = engineFor(job);
    return { citations: cite(engine, job), bibliography: bibliography(engine) };
  } catch (error) {
    return { error: String((error && error.stack) || error) };
  }
}

console.log = console.error; // stdout is for the answer alone
const { locales, jobs } = JSON.parse(fs.readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify({ results: jobs.map(run) }));
