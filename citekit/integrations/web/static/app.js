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
  ["creator", "Creator", "author", "Family, Given; several with semicolons; a body without comma; recipients, too"],
  ["recipient", "Recipient", "recipient", ""],
  ["kind", "Kind", "type", ""],
  ["date", "Date", "issued", "1988-10-06, October 1988, ca. 1988 …; other words are kept"],
  ["collection", "Collection", "archive_collection", ""],
  ["box", "Box", "archive_location", ""],
  ["folder", "Folder", "archive_location", ""],
  ["number", "Item number", "archive_location", ""],
  ["archive", "Archive", "archive", ""],
  ["place", "Place of the archive", "archive-place", ""],
  ["url", "URL", "URL", ""],
  ["accessed", "Seen online on", "accessed", ""],
];
const KINDS = [
  ["document", "Document", ""], ["personal_communication", "Letter", "letter"],
  ["manuscript", "Manuscript", ""], ["graphic", "Photograph", "photograph"], ["map", "Map", ""],
  ["interview", "Interview", ""], ["speech", "Speech", ""], ["report", "Report", ""],
];
const PRINTED = [
  ["html", "HTML", "html"], ["docx", "Word (DOCX)", "docx"], ["odt", "OpenDocument (ODT)", "odt"],
  ["pdf", "PDF", "pdf"], ["text", "Plain text", "txt"], ["rtf", "RTF", "rtf"],
  ["markdown", "Markdown", "md"], ["pandoc", "pandoc's Markdown", "md"], ["latex", "LaTeX", "tex"],
  ["typst", "Typst", "typ"], ["rst", "reStructuredText", "rst"], ["asciidoc", "AsciiDoc", "adoc"],
  ["org", "Org", "org"], ["mediawiki", "MediaWiki", "wiki"], ["jats", "JATS", "xml"],
];
const RECORDS = [
  ["csl-json", "CSL-JSON", "json"], ["csl-yaml", "CSL-YAML", "yaml"], ["biblatex", "biblatex", "bib"],
  ["bibtex", "BibTeX", "bib"], ["ris", "RIS", "ris"], ["nbib", "NBIB (PubMed)", "nbib"], ["endnote-xml", "EndNote XML", "xml"],
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
  return (await send(path, body)).json();
}

async function send(path, body) {
  let response;
  try {
    response = await fetch(path, body && {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
  } catch {
    throw { message: "the service can't be reached", hint: "is citekit serve still running?", isGeneral: true };
  }
  if (response.ok) return response;
  const answer = await response.json().catch(() => ({}));
  throw answer.error || { message: `the service answered ${response.status}` };
}

// What an error says; `isGeneral` when it isn't about what was typed.
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

// Dates are read, and doubted, by the service.
const date = (name) => value(name) && { raw: value(name) };

function record() {
  const [type, , genre] = KINDS.find(([type]) => type === value("kind"));
  const held = [["box", "box"], ["folder", "folder"], ["number", "item"]]
    .filter(([name]) => value(name)).map(([name, word]) => `${word} ${value(name)}`);
  const known = {
    title: value("title"), author: names(value("creator")), recipient: names(value("recipient")),
    issued: date("date"), genre, archive_collection: value("collection"),
    archive_location: held.join(", "), archive: value("archive"), "archive-place": value("place"),
    URL: value("url"), accessed: date("accessed"),
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
  document.querySelectorAll("#source .notes, #style-notes").forEach((list) => list.replaceChildren());
  document.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
  const seen = new Set();
  for (const warning of warnings) {
    const field = fieldOf(warning.field);
    const line = placed(warning);
    if (seen.has(field + line)) continue;
    seen.add(field + line);
    $(`${field}-notes`).append(make("li", { textContent: line }));
    if (field !== "item") $(field).setAttribute("aria-invalid", "true");
  }
}

// A warning as a line; of pasted records it says which one, and which field of it.
function placed({ record, field, message }) {
  const place = mode() === "paste" ? [record, field !== "style" && field].filter(Boolean).join(", ") : "";
  return place ? `${place}: ${message}` : message;
}

// The id of the field that a variable is typed into: of several the first that is filled; "item",
// the form as a whole, if there is none.
function fieldOf(variable) {
  if (variable === "style") return "style";
  if (mode() === "paste") return "text";
  const fields = FIELDS.filter(([, , its]) => its === variable).map(([name]) => name);
  const name = fields.find((one) => value(one)) || fields[0];
  return name ? `item-${name}` : "item";
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
    const buttons = [["Copy", true], ["Copy plain", false]].map(([how, rich]) => {
      const button = make("button", { type: "button", textContent: how });
      button.addEventListener("click", () => copy(out, rich));
      button.dataset.part = label;
      return button;
    });
    const row = make("div", { className: "row" },
      make("h4", { textContent: label }), make("div", { className: "buttons" }, ...buttons));
    card.append(row, out);
    parts[part] = out;
  }
  const notes = make("ul", { className: "notes" });
  card.append(notes);
  $("cards").append(card);
  const one = { card, heading, notes, ...parts };
  cards.set(key, one);
  rename(one, title);
}

function rename(one, title) {
  one.heading.textContent = title;
  one.card.querySelectorAll("button").forEach((button) =>
    button.setAttribute("aria-label", `${button.textContent}: ${title}, ${button.dataset.part}`));
}

function fill(one, cited = [], listed = [], notes = []) {
  const rows = (printed) => printed.map((row) => make("div", {}, safe(row.content)));
  one.note.replaceChildren(...rows(cited));
  one.entry.replaceChildren(...rows(listed));
  one.notes.replaceChildren(...notes.map((textContent) => make("li", { textContent })));
  one.card.classList.remove("stale");
}

async function refresh() {
  const turn = ++newest;
  const given = source();
  if (!given) {
    cards.forEach((one) => fill(one));
    return showWarnings([]);
  }
  const locale = $("locale").value || null;
  const warnings = [];
  cards.forEach((one) => one.card.classList.add("stale"));
  await Promise.all([...cards].map(async ([key, one]) => {
    const request = { ...given, style: key === "chosen" ? chosen.id : key, locale, output: "html" };
    try {
      const [cited, listed] = await Promise.all([ask("/v1/cite", request), ask("/v1/bibliography", request)]);
      if (turn !== newest) return;
      const all = [...cited.warnings, ...listed.warnings];
      // What a style does is told in its card, what is wrong with the records beside their fields.
      const ofStyle = all.filter((each) => each.field === "style").map(placed);
      fill(one, cited.citations, listed.entries, [...new Set(ofStyle)]);
      warnings.push(...all.filter((each) => each.field !== "style"));
    } catch (error) {
      if (turn !== newest) return;
      fill(one);
      if (error.isGeneral) say(told(error));
      else warnings.push({ field: error.field || null, message: told(error) });
    }
  }));
  if (turn === newest) showWarnings(warnings);
  warmUp();
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
  const choice = $("format").selectedOptions[0];
  const [way, format, ending] = choice.value.split(" ");
  try {
    const answer = way === "records" ? await ask("/v1/convert", { ...given, to: format }) : {};
    const content = way === "records" ? new Blob([answer.content], { type: "text/plain;charset=utf-8" })
      : await (await send("/v1/file", { ...given, style: chosen.id, locale: $("locale").value || null, output: format })).blob();
    await save(content, `citations.${ending}`);
    const lost = [...(answer.losses || []), ...(answer.errors || [])].map((one) => one.message);
    log(`Downloaded citations.${ending} (${choice.text}).${lost.length ? ` Not carried over: ${lost.join("; ")}` : ""}`);
  } catch (error) {
    log(`Not downloaded (${choice.text}): ${told(error)}`);
  }
}

// Chromium drops downloads without a word when there are more than ten in a second.
let saved = Promise.resolve();

function save(content, name) {
  saved = saved.then(() => {
    const address = URL.createObjectURL(content);
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    return new Promise((done) => setTimeout(done, 150));
  });
  return saved;
}

// Each download has a line of its own, so that what one lost isn't covered by the next.
function log(text) {
  $("downloads").append(make("p", { textContent: text }));
}

const silent = later(() => say(""), 8000);

function say(text) {
  $("status").textContent = text;
  if (text) silent();
}

// --- The choice of a style: the combobox pattern of ARIA's authoring practices -----------------------

let active = -1;
let search = 0;
let isWarm = false;

// The first search reads all styles, which takes seconds: it is asked for before it is needed.
function warmUp() {
  if (!isWarm) ask("/v1/styles?limit=1").catch(() => null);
  isWarm = true;
}

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
  $("describe").hidden = mode() !== "item";
  refresh();
}));
$("style").addEventListener("input", later(findStyles, 150));
$("style").addEventListener("focus", () => {
  $("style").select();
  warmUp();
});
$("style").addEventListener("blur", () => { closeList(); $("style").value = chosen.title; });
$("style").addEventListener("keydown", onStyleKey);
refresh();
