// Searches the briefs in the reader's own browser; the index is loaded with the first word.

const form = document.getElementById("search");
const field = document.getElementById("q");
const found = document.getElementById("found");
const results = document.getElementById("results");
const words = document.getElementById("words").content;
const says = (name) => words.querySelector(`[data-word="${name}"]`).textContent;
const dates = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
const MOST = 20;
// Pagefind ends a block without a full stop with a Latin one.
const STOPS = /(?<=[\p{L}\p{N}”’）》%](?:<\/mark>)?)\. ?(?!\p{N})/gu;
const HAN = /\p{Script=Han}/u;
const LEADING = /^[\s.,，。；：、]+/u;

let engine;
let asked = 0;

function loaded() {
  engine ??= begin();
  return engine;
}

async function begin() {
  const { pagefind, words } = form.dataset;
  if (words) {
    const known = await fetch(new URL(words, location.href));
    if (known.ok) takeWordsFrom(new Set(await known.json()));
  }
  const search = await import(new URL(pagefind, location.href).href);
  await search.options({ excerptLength: 40, noWorker: true });
  return search;
}

// Pagefind asks the browser to take a query apart, whose dictionary is not that of the index, or is
// missing: it is given the words of the index, the longest first.
function takeWordsFrom(known) {
  const longest = Math.max(...[...known].map((word) => word.length));
  const Segmenter = Intl.Segmenter;
  Intl.Segmenter = class extends Segmenter {
    segment(text) {
      const words = this.resolvedOptions().granularity === "word";
      return words ? split(text) : super.segment(text);
    }
  };
  function split(text) {
    const found = [];
    for (let at = 0; at < text.length; ) {
      let length = longest;
      while (length > 1 && !known.has(text.slice(at, at + length))) length -= 1;
      const letters = /^[\p{Script=Latin}\p{N}]+/u.exec(text.slice(at));
      if (length === 1 && letters) length = letters[0].length;
      found.push({ segment: text.slice(at, at + length) });
      at += length;
    }
    return found;
  }
}

function tidy(excerpt) {
  const text = HAN.test(excerpt) ? excerpt.replace(STOPS, "。") : excerpt;
  return text.replace(LEADING, "");
}

function item({ url, meta, excerpt }) {
  const line = document.createElement("li");
  const link = document.createElement("a");
  link.href = url;
  link.textContent = meta.title;
  const day = document.createElement("time");
  day.dateTime = meta.day;
  day.textContent = dates.format(new Date(meta.day));
  const text = document.createElement("p");
  text.innerHTML = tidy(excerpt); // The index holds text alone, and marks around what was found.
  line.append(day, link, text);
  return line;
}

async function look(sought) {
  const turn = ++asked;
  if (!sought.trim()) {
    results.replaceChildren();
    found.textContent = "";
    return;
  }
  try {
    const search = await (await loaded()).search(sought);
    const shown = await Promise.all(search.results.slice(0, MOST).map((result) => result.data()));
    if (turn !== asked) return;
    results.replaceChildren(...shown.map(item));
    found.textContent = shown.length ? says("some").replace("{count}", search.results.length) : says("none");
  } catch {
    engine = undefined;
    results.replaceChildren();
    found.textContent = says("failed");
  }
}

field.addEventListener("focus", () => loaded().catch(() => (engine = undefined)), { once: true });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  history.replaceState(null, "", `?${new URLSearchParams({ q: field.value })}`);
  look(field.value);
});
field.value = new URLSearchParams(location.search).get("q") ?? "";
look(field.value);
