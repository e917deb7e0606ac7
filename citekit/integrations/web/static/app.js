// The page: what is typed goes to the service that sent the page; its answers are shown side by side.
"use strict";

const $ = (id) => document.getElementById(id);
const FIXED = [
  ["chicago-notes-bibliography", "Chicago (notes)"],
  ["modern-language-association", "MLA"],
  ["apa", "APA"],
];
// name, label, CSL variable whose warnings it shows, hint
const FIELDS = [
  ["title", "Title or description", "title", ""],
  ["creator", "Creator", "author", "Family, Given; several with semicolons; a body without comma"],
  ["recipient", "Recipient", "recipient", "as the creator"],
  ["date", "Date", "issued", "1988-10-06, 1988-10 or 1988; other words are kept"],
  ["kind", "Kind", "type", ""],
  ["collection", "Collection", "archive_collection", ""],
  ["box", "Box", "archive_location", ""],
  ["folder", "Folder", "archive_location", ""],
  ["number", "Item number", "archive_location", ""],
  ["archive", "Archive", "archive", ""],
  ["place", "Place of the archive", "archive-place", ""],
  ["url", "URL", "URL", ""],
  ["accessed", "Seen online on", "accessed", "like the date"],
];
const KINDS = [
  ["document", "Document", ""], ["personal_communication", "Letter", "letter"],
  ["manuscript", "Manuscript", ""], ["graphic", "Photograph", "photograph"], ["map", "Map", ""],
  ["interview", "Interview", ""], ["speech", "Speech", ""], ["report", "Report", ""],
];
const PRINTED = [
  ["html", "HTML", "html"], ["text", "Plain text", "txt"], ["markdown", "Markdown", "md"],
  ["rtf", "RTF", "rtf"], ["latex", "LaTeX", "tex"], ["typst", "Typst", "typ"],
  ["rst", "reStructuredText", "rst"], ["asciidoc", "AsciiDoc", "adoc"],
  ["mediawiki", "MediaWiki", "wiki"], ["jats", "JATS", "xml"],
];
const RECORDS = [
  ["csl-json", "CSL-JSON", "json"], ["csl-yaml", "CSL-YAML", "yaml"], ["biblatex", "biblatex", "bib"],
  ["bibtex", "BibTeX", "bib"], ["ris", "RIS", "ris"], ["endnote-xml", "EndNote XML", "xml"],
  ["mods", "MODS", "xml"], ["coins", "COinS", "html"], ["cff", "CITATION.cff", "cff"],
  ["schema-org", "schema.org", "jsonld"], ["hayagriva", "Hayagriva", "yml"],
];
const EXAMPLE = `@letter{shakhnazarov,
  author = {Shakhnazarov, Georgy},
  title = {Soviets Discuss Perestroika for Other Communist Countries},
  date = {1988-10-06},
  url = {http://chnm.gmu.edu/1989/items/show/164},
  urldate = {2008-05-14}
}
`;

function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function later(action, wait) {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(action, wait); };
}

// --- The service -------------------------------------------------------------------------------

async function ask(path, body) {
  let response;
  try {
    response = await fetch(path, body && {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
  } catch {
    throw { message: "the service can't be reached", hint: "is citekit serve still running?" };
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw answer.error || { message: `the service answered ${response.status}` };
  return answer;
}

const told = (error) => (error.hint ? `${error.message} (${error.hint})` : String(error.message));

// --- HTML of an answer: what the service writes is read, all else stays text ----------------------
// Not by the browser's own parser: it applies style attributes and event handlers to the page's
// policy already while it reads, and the console fills with what was blocked.

const TAGS = new Set(["i", "b", "em", "sup", "sub", "span", "div"]);
const STYLES = new Set(["font-style", "font-variant", "font-weight", "text-decoration", "vertical-align"]);
const MARKUP = /<(\/?)([a-z]+)(?: (class|style)="([^"<>]*)")?>|&#(\d{1,6});|[^<&]+|[<&]/g;

function safe(html) {
  const open = [document.createDocumentFragment()];
  for (const [text, closes, tag, attribute, value, code] of html.matchAll(MARKUP)) {
    if (!TAGS.has(tag)) {
      open.at(-1).append(code ? String.fromCodePoint(code) : text);
    } else if (!closes) {
      const node = dressed(document.createElement(tag), attribute, value);
      open.at(-1).append(node);
      open.push(node);
    } else if (open.length > 1) {
      open.pop();
    }
  }
  return open[0];
}

function dressed(node, attribute, value) {
  if (attribute === "class" && /^csl-[a-z-]+$/.test(value)) node.className = value;
  for (const rule of attribute === "style" ? value.split(";") : []) {
    const [name, kind] = rule.split(":");
    if (STYLES.has(name.trim()) && kind) node.style.setProperty(name.trim(), kind.trim());
  }
  return node;
}

// --- What is to be cited -----------------------------------------------------------------------

const mode = () => document.querySelector("input[name=mode]:checked").value;
const value = (name) => $(`item-${name}`).value.trim();

function names(text) {
  return text.split(";").map((one) => one.trim()).filter(Boolean).map((one) => {
    const [family, ...given] = one.split(",");
    return given.length ? { family: family.trim(), given: given.join(",").trim() } : { literal: one };
  });
}

function date(text) {
  const parts = /^\d{4}(-\d{1,2}(-\d{1,2})?)?$/.test(text) && text.split("-").map(Number);
  return parts && exists(...parts) ? { "date-parts": [parts] } : { literal: text };
}

function exists(year, month = 1, day = 1) {
  const found = new Date(2000, month - 1, day);
  found.setFullYear(year, month - 1, day);
  return found.getMonth() === month - 1 && found.getDate() === day;
}

function dateWarnings() {
  return [["date", "issued"], ["accessed", "accessed"]]
    .filter(([name]) => mode() === "item" && date(value(name)).literal)
    .map(([, field]) => ({ field, message: "not a date such as 1988-10-06: it is printed as typed" }));
}

function record() {
  const [type, , genre] = KINDS.find(([type]) => type === value("kind"));
  const held = [["box", "box"], ["folder", "folder"], ["number", "item"]]
    .filter(([name]) => value(name)).map(([name, word]) => `${word} ${value(name)}`);
  const known = {
    title: value("title"), author: names(value("creator")), recipient: names(value("recipient")),
    issued: value("date") && date(value("date")), genre, archive_collection: value("collection"),
    archive_location: held.join(", "), archive: value("archive"), "archive-place": value("place"),
    URL: value("url"), accessed: value("accessed") && date(value("accessed")),
  };
  return { id: "item", type, ...Object.fromEntries(Object.entries(known).filter(([, it]) => it.length !== 0)) };
}

function source() {
  if (mode() === "paste") return $("text").value.trim() ? { text: $("text").value } : null;
  const typed = FIELDS.some(([name]) => name !== "kind" && value(name));
  return typed ? { records: [record()] } : null;
}

// --- Warnings, beside the field that they concern --------------------------------------------------

function showWarnings(warnings) {
  document.querySelectorAll(".notes").forEach((list) => list.replaceChildren());
  document.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
  const seen = new Set();
  for (const { record, field, message } of warnings) {
    const place = mode() === "paste" ? [record, field].filter(Boolean).join(", ") : "";
    const line = place ? `${place}: ${message}` : message;
    if (seen.has(line)) continue;
    seen.add(line);
    const known = FIELDS.find(([, , variable]) => variable === field);
    const name = field === "style" ? "style" : mode() === "paste" ? "text" : `item-${known ? known[0] : "title"}`;
    $(`${name}-notes`).append(make("li", { textContent: line }));
    $(name).setAttribute("aria-invalid", "true");
  }
}

// --- Citations side by side ----------------------------------------------------------------------

let chosen = { id: "making-the-history-of-1989", title: "Making the History of 1989" };
let newest = 0;
const cards = new Map();

function addCard(key, title) {
  const heading = make("h3", { textContent: title });
  const card = make("article", {}, heading);
  const parts = {};
  for (const [part, label] of [["note", "Citation"], ["entry", "Bibliography"]]) {
    const out = make("div", { className: "out" });
    const buttons = [["rich text", true], ["plain text", false]].map(([how, rich]) => {
      const button = make("button", { type: "button", textContent: `Copy ${how}` });
      button.addEventListener("click", () => copy(out, rich));
      button.dataset.part = label;
      return button;
    });
    card.append(make("h4", { textContent: label }), out, make("div", { className: "buttons" }, ...buttons));
    parts[part] = out;
  }
  $("cards").append(card);
  const one = { card, heading, ...parts };
  cards.set(key, one);
  rename(one, title);
}

function rename(one, title) {
  one.heading.textContent = title;
  one.card.querySelectorAll("button").forEach((button) =>
    button.setAttribute("aria-label", `${button.textContent}: ${title}, ${button.dataset.part}`));
}

function fill(out, rows) {
  out.replaceChildren(...rows.map((row) => make("div", {}, safe(row.content))));
}

async function refresh() {
  const turn = ++newest;
  const given = source();
  if (!given) {
    cards.forEach((one) => { fill(one.note, []); fill(one.entry, []); });
    return showWarnings([]);
  }
  const locale = $("locale").value || null;
  const warnings = dateWarnings();
  cards.forEach((one) => one.card.classList.add("stale"));
  await Promise.all([...cards].map(async ([key, one]) => {
    const request = { ...given, style: key === "chosen" ? chosen.id : key, locale, output: "html" };
    try {
      const [cited, listed] = await Promise.all([ask("/v1/cite", request), ask("/v1/bibliography", request)]);
      if (turn !== newest) return;
      fill(one.note, cited.citations);
      fill(one.entry, listed.entries);
      warnings.push(...listed.warnings);
    } catch (error) {
      if (turn !== newest) return;
      fill(one.note, []);
      fill(one.entry, []);
      warnings.push({ field: error.field || null, message: told(error) });
    }
    one.card.classList.remove("stale");
  }));
  if (turn === newest) showWarnings(warnings);
}

const soon = later(refresh, 250);

// --- Copy and download ---------------------------------------------------------------------------

async function copy(out, rich) {
  const text = [...out.children].map((row) => row.innerText.trim()).join("\n");
  if (!text) return say("There is nothing to copy yet.");
  try {
    if (rich) {
      await navigator.clipboard.write([new ClipboardItem({
        "text/html": new Blob([out.innerHTML], { type: "text/html" }),
        "text/plain": new Blob([text], { type: "text/plain" }),
      })]);
    } else {
      await navigator.clipboard.writeText(text);
    }
    say(`Copied: ${text}`);
  } catch {
    getSelection().selectAllChildren(out);
    say(document.execCommand("copy") ? `Copied: ${text}` : "Selected: press Ctrl+C or ⌘C to copy.");
  }
}

async function download() {
  const given = source();
  if (!given) return say("There is nothing to download yet.");
  const [way, format, ending] = $("format").value.split(" ");
  try {
    const answer = way === "printed"
      ? await ask("/v1/bibliography", { ...given, style: chosen.id, locale: $("locale").value || null, output: format })
      : await ask("/v1/convert", { ...given, to: format });
    const address = URL.createObjectURL(new Blob([answer.content], { type: "text/plain;charset=utf-8" }));
    make("a", { href: address, download: `citations.${ending}` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    const lost = (answer.losses || []).concat(answer.errors || []).map((one) => one.message);
    say(`Downloaded citations.${ending}.${lost.length ? ` Not carried over: ${lost.join("; ")}` : ""}`);
  } catch (error) {
    say(told(error));
  }
}

function say(text) { $("status").textContent = text; }

// --- The choice of a style: the combobox pattern of ARIA's authoring practices -----------------------

let active = -1;
let search = 0;

function closeList() {
  $("styles").hidden = true;
  $("style").setAttribute("aria-expanded", "false");
  $("style").removeAttribute("aria-activedescendant");
  active = -1;
}

async function findStyles() {
  const turn = ++search;
  const answer = await ask(`/v1/styles?limit=20&q=${encodeURIComponent($("style").value)}`).catch((error) => {
    say(told(error));
    return null;
  });
  if (turn !== search || !answer || document.activeElement !== $("style")) return;
  closeList();
  $("styles").replaceChildren(...answer.styles.map((style, index) => {
    const option = make("li", { id: `style-${index}`, role: "option", textContent: style.title });
    option.setAttribute("aria-selected", "false");
    option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(style); });
    option.choice = style;
    return option;
  }));
  say(answer.styles.length ? "" : "No style has these words.");
  if (!answer.styles.length) return;
  $("styles").hidden = false;
  $("style").setAttribute("aria-expanded", "true");
}

function choose(style) {
  search++;
  chosen = style;
  $("style").value = style.title;
  closeList();
  rename(cards.get("chosen"), style.title);
  refresh();
}

function move(step) {
  const options = [...$("styles").children];
  active = (active + step + options.length + (active < 0 && step < 0 ? 1 : 0)) % options.length;
  options.forEach((option, index) => option.setAttribute("aria-selected", String(index === active)));
  options[active].scrollIntoView({ block: "nearest" });
  $("style").setAttribute("aria-activedescendant", options[active].id);
}

function onStyleKey(event) {
  const open = !$("styles").hidden;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (open) move(event.key === "ArrowDown" ? 1 : -1); else findStyles();
  } else if (event.key === "Enter" && open) {
    event.preventDefault();
    choose($("styles").children[Math.max(active, 0)].choice);
  } else if (event.key === "Escape") {
    search++;
    closeList();
    $("style").value = chosen.title;
  }
}

// --- Setting up ----------------------------------------------------------------------------------

function addField([name, label, , hint]) {
  const id = `item-${name}`;
  const field = name === "kind"
    ? make("select", { id }, ...KINDS.map(([type, word]) => make("option", { value: type, textContent: word })))
    : make("input", { id, type: "text" });
  field.setAttribute("aria-describedby", `${id}-hint ${id}-notes`);
  $("item").append(make("div", { className: hint || name === "title" ? "wide" : "" },
    make("label", { htmlFor: id, textContent: label }), field,
    make("div", { id: `${id}-hint`, className: "hint", textContent: hint }),
    make("ul", { id: `${id}-notes`, className: "notes" })));
}

function addFormats(label, way, formats) {
  $("format").append(make("optgroup", { label }, ...formats.map(([name, text, ending]) =>
    make("option", { value: `${way} ${name} ${ending}`, textContent: text }))));
}

FIELDS.forEach(addField);
addCard("chosen", chosen.title);
FIXED.forEach(([id, title]) => addCard(id, title));
addFormats("Bibliography in your style", "printed", PRINTED);
addFormats("The records", "records", RECORDS);
$("style").value = chosen.title;
$("text").addEventListener("input", soon);
$("item").addEventListener("input", soon);
$("item").addEventListener("submit", (event) => event.preventDefault());
$("locale").addEventListener("change", refresh);
$("download").addEventListener("click", download);
$("example").addEventListener("click", () => { $("text").value = EXAMPLE; refresh(); });
document.querySelectorAll("input[name=mode]").forEach((radio) => radio.addEventListener("change", () => {
  $("paste").hidden = mode() !== "paste";
  $("item").hidden = mode() !== "item";
  refresh();
}));
$("style").addEventListener("input", later(findStyles, 150));
$("style").addEventListener("focus", () => $("style").select());
$("style").addEventListener("blur", () => { closeList(); $("style").value = chosen.title; });
$("style").addEventListener("keydown", onStyleKey);
refresh();
