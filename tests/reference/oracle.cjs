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

const WARM_UP = "citekit-warm-up-";
const RANGE = [[1987, 2, 3], [1989, 5, 6]];

// One copy of each shape of item, its dates made ranges: see `warmUp`.
function warmUpItems(items) {
  const shapes = new Map();
  for (const item of items) {
    const shape = Object.keys(item).sort().join() + item.type;
    if (shapes.has(shape)) continue;
    const copy = { ...item, id: WARM_UP + shapes.size };
    for (const key of Object.keys(item)) {
      if (item[key] && item[key]["date-parts"]) copy[key] = { "date-parts": RANGE };
    }
    shapes.set(shape, copy);
  }
  return [...shapes.values()];
}

function coldEngine(job, warmUps) {
  const items = new Map([...job.items, ...warmUps].map((item) => [String(item.id), item]));
  const system = {
    retrieveLocale: (lang) => locales[lang] || false,
    retrieveItem: (id) => JSON.parse(JSON.stringify(items.get(String(id)))),
  };
  return new CSL.Engine(system, job.style, job.lang, Boolean(job.forceLang));
}

// A fresh engine garbles the first date range that each date element prints, in some
// styles; so each shape of item is rendered once with ranges, and forgotten again.
function warmUp(engine, items) {
  const ids = items.map((item) => item.id);
  engine.updateItems(ids);
  for (const id of ids) engine.makeCitationCluster([{ id }]);
  engine.makeBibliography();
  engine.updateItems([]);
}

function engineFor(job) {
  const warmUps = warmUpItems(job.items);
  let engine = coldEngine(job, warmUps);
  try {
    warmUp(engine, warmUps);
  } catch {
    engine = coldEngine(job, []); // a few styles can't set some range at all
  }
  engine.setOutputFormat(job.text ? "text" : "html");
  return engine;
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
