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
const STOPS = /(?<=[\p{L}\p{N}”’）》%](?:<\/mark>)?)\.(?:\s|$)/gu;
const HAN = /\p{Script=Han}/u;
const LEADING = /^[\s.,，。；：、]+/u;
// Characters shown on either side of what was typed, without the parts of words at their ends.
const BESIDE = 80;
const [BEGUN, BROKEN] = [/^[\p{Script=Latin}\p{N}.,’]+/u, /[\p{Script=Latin}\p{N}.,’]+$/u];

let engine;
let asked = 0;

function loaded() {
  engine ??= import(new URL(form.dataset.pagefind, location.href).href).then(async (search) => {
    await search.options({ excerptLength: 40 });
    return search;
  });
  return engine;
}

const stopped = (text) => (HAN.test(text) ? text.replace(STOPS, "。") : text);

// The words as they were typed, where the brief has them so; else where Pagefind sees most of them.
function passage({ content, excerpt }, sought) {
  const text = document.createElement("p");
  const words = sought.trim(), at = content.toLowerCase().indexOf(words.toLowerCase());
  if (at < 0) {
    text.innerHTML = stopped(excerpt).replace(LEADING, ""); // Text alone, and marks around what was found.
    return text;
  }
  const from = Math.max(at - BESIDE, 0), end = at + words.length, until = end + BESIDE;
  const before = stopped(content.slice(from, at).replace(from ? BEGUN : "", ""));
  const after = stopped(content.slice(end, until).replace(until < content.length ? BROKEN : "", ""));
  const mark = document.createElement("mark");
  mark.textContent = content.slice(at, end);
  text.append(from ? "…" : "", before.replace(LEADING, ""), mark, after, until < content.length ? "…" : "");
  return text;
}

function item(found, sought) {
  const { url, meta } = found;
  const line = document.createElement("li");
  const link = document.createElement("a");
  link.href = url;
  link.textContent = meta.title;
  const day = document.createElement("time");
  day.dateTime = meta.day;
  day.textContent = dates.format(new Date(meta.day));
  line.append(day, link, passage(found, sought));
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
    results.replaceChildren(...shown.map((found) => item(found, sought)));
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
