// Shows the values of a chart under the pointer or by keyboard, and narrows it to a period. Without
// this script nothing is missing: charts are drawn and described, their data stand in tables.

const DAY = 86400000, LEAST_DAYS = 14;
const PAINT = ["class", "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap"];

const put = (node, attributes, parent, text = "") => {
  for (const name in attributes) node.setAttribute(name, attributes[name]);
  if (text) node.append(text);
  parent?.append(node);
  return node;
};
const element = (name, ...given) => put(document.createElement(name), ...given);
const shape = (name, ...given) => put(document.createElementNS("http://www.w3.org/2000/svg", name), ...given);
const clamp = (value, low, high) => Math.max(Math.min(value, high), low);
const paintOf = (part) => {
  const source = part.querySelector("[class]");
  return Object.fromEntries(PAINT.filter((name) => source.hasAttribute(name)).map((name) => [name, source.getAttribute(name)]));
};
// The first value, then what each adds to the one before; null where there is none.
const summed = (differences) => {
  let last = 0;
  return differences.map((step) => (step === null ? null : (last += step)));
};
const said = element("p", { class: "chart-said", "aria-live": "polite" }, document.body);

class Language {
  constructor(given) {
    Object.assign(this, given);
  }

  date(day, pattern = this.day) {
    const date = new Date(Math.round(day) * DAY), month = date.getUTCMonth();
    return pattern.replace(/'([^']*)'|y+|[ML]+|d+/g, (field, quoted) => {
      if (quoted !== undefined) return quoted;
      if (field[0] === "y") return date.getUTCFullYear();
      const number = field[0] === "d" ? date.getUTCDate() : month + 1;
      return this[field]?.[month] ?? String(number).padStart(field.length, "0");
    });
  }

  // A cell counts in units of ten to the exponent; money is told in the largest scale it reaches.
  value(cell, { unit, exponent, zeros }) {
    const scales = unit.includes("{scale}") ? this.scales : [];
    const [power, scale] = scales.find(([p]) => Math.abs(cell) >= 10 ** (p - exponent)) ?? [0, ""];
    const decimals = Math.max(power - exponent, 0);
    const all = Math.abs(cell) + "0".repeat(Math.max(exponent - power, 0));
    const digits = all.replace(/^0+/, "").padStart(decimals + 1, "0"), point = digits.length - decimals;
    const whole = digits.slice(0, point).replace(/\B(?=(\d{3})+$)/g, this.group);
    const part = zeros ? digits.slice(point) : digits.slice(point).replace(/0+$/, "");
    const told = { sign: cell < 0 ? this.minus : "", number: part ? whole + this.decimal + part : whole, scale };
    return unit.replace(/\{(\w+)\}/g, (_, name) => told[name]);
  }
}

class Chart {
  constructor(figure, data, words) {
    Object.assign(this, data, { data, words, whole: data.x, view: data.x, index: -1, buttons: [] });
    this.upright = data.kind !== "rows";
    this.svg = figure.querySelector("svg.chart");
    this.size = this.svg.viewBox.baseVal;
    this.cells = data.columns.map((column) => summed(column.cells));
    this.places = data.days ? summed(data.days) : data.names.map((_, index) => index);
    this.originals = [...this.svg.querySelectorAll(".data, .band, .mark, .stretch, .occasions, .end, .axis-x")];
    const parts = [...this.svg.querySelectorAll(".data")];
    parts.sort((one, other) => (one.dataset.column ?? 0) - (other.dataset.column ?? 0));
    this.paints = parts.map(paintOf);
    this.addReader(this.svg.parentElement);
    if (data.days) this.addPeriods(this.stage.parentElement);
    this.listen();
    this.show(-1);
  }

  addReader(plot) {
    // A browser would show the title of an SVG as a tip of its own, on top of ours.
    const title = this.svg.querySelector("title");
    title.replaceWith(shape("desc", { id: title.id }, this.svg, title.textContent));
    this.stage = element("div", { class: "chart-stage" }, plot);
    this.stage.append(this.svg);
    this.reader = element("div", {
      class: "chart-reader", role: "slider", tabindex: 0, "aria-labelledby": title.id,
      "aria-description": this.days ? this.words.keys : this.words.keysBars,
    }, this.stage);
    const [left, top, right, bottom] = this.box, { width, height } = this.size;
    const inset = [top / height, 1 - right / width, 1 - bottom / height, left / width];
    this.reader.style.inset = inset.map((share) => `${100 * share}%`).join(" ");
    this.tip = element("div", { class: "chart-tip", "aria-hidden": true }, this.stage);
    this.cursor = shape("g", { class: "chart-cursor" }, this.svg);
  }

  addPeriods(plot) {
    const group = element("div", { class: "chart-periods", role: "group", "aria-label": this.words.period }, plot);
    plot.after(group);
    this.shown = element("span", {}, group);
    const [name, ...ends] = this.period;
    for (const [text, view] of [[this.words[name], ends], [this.words.all, this.whole]]) {
      const button = element("button", { type: "button", "aria-pressed": view === this.whole }, group, text);
      button.addEventListener("click", () => this.narrow(...view));
      this.buttons.push({ button, view });
    }
  }

  // Where a place and a value lie in the drawing.
  atX(place, [low, high] = this.view) {
    return this.box[0] + ((place - low) / (high - low)) * (this.box[2] - this.box[0]);
  }
  atY(value) {
    return this.box[3] - ((value - this.y[0]) / (this.y[1] - this.y[0])) * (this.box[3] - this.box[1]);
  }
  // The place under the pointer; undefined outside of the plot.
  under(event) {
    const seen = this.reader.getBoundingClientRect();
    const across = (event.clientX - seen.left) / seen.width, down = (event.clientY - seen.top) / seen.height;
    if (Math.min(across, down) < 0 || Math.max(across, down) > 1) return undefined;
    const [low, high] = this.upright ? this.view : [this.y[1], this.y[0]];
    return low + (this.upright ? across : down) * (high - low);
  }
  nearest(place) {
    const [first, last] = this.ends(), away = (index) => Math.abs(this.places[index] - place);
    let best = first;
    for (let index = first; index <= last; index++) if (away(index) < away(best)) best = index;
    return best;
  }
  // The first and the last index in view.
  ends() {
    const [low, high] = this.view;
    const seen = this.places.flatMap((place, index) => (this.days && (place < low || place > high) ? [] : [index]));
    return [seen[0], seen.at(-1)];
  }
  // How high the lines are at an index, one on the other where they are stacked.
  heights(index) {
    let base = 0;
    return this.cells.map((cells) => {
      const value = cells[index] / 10 ** this.decimals;
      return cells[index] === null ? null : this.stacked ? (base += value) : value;
    });
  }

  // Shows the values at an index, none at -1; `aloud` to readers of screens too.
  show(index, aloud = false) {
    this.index = index;
    this.cursor.replaceChildren();
    this.tip.replaceChildren();
    this.tip.hidden = index < 0;
    const [first, last] = this.ends(), now = index < 0 ? last : index;
    const heading = this.days ? this.words.date(this.places[now]) : this.names[now];
    put(this.reader, { "aria-valuemin": first, "aria-valuemax": last, "aria-valuenow": now, "aria-valuetext": heading });
    if (index < 0) return;
    element("strong", {}, this.tip, heading);
    const told = this.columns.flatMap(({ name = "" }, column) => {
      const cell = this.cells[column][index];
      if (cell === null) return [];
      const row = element("div", {}, this.tip), value = this.words.value(cell, this.data);
      const swatch = this.paints[column];
      if (swatch) shape("path", { ...swatch, d: swatch.fill === "none" ? "M0 4H14" : "M0 1H14V7H0Z" }, shape("svg", { viewBox: "0 0 14 8" }, row));
      element("span", {}, row, name);
      element("b", {}, row, value);
      return [`${name} ${value}`.trim()];
    });
    if (aloud) said.textContent = told.join(this.words.separator);
    this.placeTip(...this.point(index), aloud);
  }

  // A stretch of the plot, from edge to edge.
  area(from, to) {
    const [left, top, right, bottom] = this.box;
    const d = this.upright ? `M${from} ${top}H${to}V${bottom}H${from}Z` : `M${left} ${from}H${right}V${to}H${left}Z`;
    shape("path", { class: "area", d }, this.cursor);
  }

  // Draws the cursor at an index; where the values belong.
  point(index) {
    const [left, top, right, bottom] = this.box;
    if (!this.days) {
      const [from, to] = [index - 0.5, index + 0.5].map((edge) => (this.upright ? this.atX(edge) : this.atY(edge)));
      this.area(from, to);
      return this.upright ? [to, top] : [(left + right) / 2, to];
    }
    const x = this.atX(this.places[index]);
    shape("path", { d: `M${x} ${top}V${bottom}` }, this.cursor);
    for (const height of this.heights(index).slice(0, this.paints.length))
      if (height !== null) shape("circle", { cx: x, cy: this.atY(height), r: 2 }, this.cursor);
    return [x, top];
  }

  // Beside a point, within what is seen of the plot.
  placeTip(x, y, aloud) {
    const plot = this.stage.parentElement, scale = this.stage.clientWidth / this.size.width;
    const { offsetWidth, offsetHeight } = this.tip;
    if (aloud) plot.scrollLeft = x * scale - plot.clientWidth / 2;
    const end = plot.scrollLeft + plot.clientWidth, after = x * scale + 10;
    const left = after + offsetWidth > end ? x * scale - 10 - offsetWidth : after;
    this.tip.style.left = `${clamp(left, plot.scrollLeft, end - offsetWidth)}px`;
    this.tip.style.top = `${clamp(y * scale, 0, this.stage.clientHeight - offsetHeight)}px`;
  }

  // Shows a period alone; the whole again when it is as long.
  narrow(low, high) {
    const [first, last] = this.whole, length = Math.max(high - low, LEAST_DAYS);
    const start = clamp(low, first, last - length);
    this.view = length >= last - first ? this.whole : [start, start + length];
    const narrowed = this.view !== this.whole;
    this.redraw(narrowed);
    this.show(this.index < 0 ? -1 : this.nearest(this.places[this.index]));
    const [from, to] = this.ends().map((index) => this.words.date(this.places[index]));
    const range = this.words.range.replace("{first}", () => from).replace("{last}", () => to);
    this.shown.textContent = narrowed ? range : "";
    said.textContent = narrowed ? range : this.words.all;
    for (const { button, view } of this.buttons) button.setAttribute("aria-pressed", `${view}` === `${this.view}`);
  }

  redraw(narrowed) {
    this.drawn?.remove();
    for (const part of this.originals) part.setAttribute("display", narrowed ? "none" : "inline");
    if (!narrowed) return;
    this.drawn = shape("g", {}, this.svg);
    this.originals.find((part) => part.matches(".data, .band")).before(this.drawn);
    const clip = this.svg.querySelector(".data [clip-path]").getAttribute("clip-path");
    for (const part of this.originals) if (part.matches(".stretch")) this.drawStretch(part);
    this.drawData(shape("g", { "clip-path": clip }, this.drawn));
    this.drawTicks();
    for (const part of this.originals) {
      if (part.matches(".mark")) this.drawMark(part);
      if (part.matches(".occasions")) this.drawOccasions(part);
      if (part.matches(".end")) this.drawEnd(part);
    }
  }

  // The points of a column, without the days on which it has no value.
  points(column) {
    const found = [];
    this.places.forEach((place, index) => {
      const height = this.heights(index)[column];
      if (height === null) return;
      if (this.columns[column].step && found.length) found.push([this.atX(place), found.at(-1)[1]]);
      found.push([this.atX(place), this.atY(height)]);
    });
    return found.map((point) => point.map((part) => part.toFixed(2)));
  }

  drawData(parent) {
    const line = (own, points, end = "") => shape("path", { ...own, d: `M${points.join("L")}${end}` }, parent);
    const area = (own, one, other) => line(own, [...one, ...other.reverse()], "Z");
    const floor = this.atY(0).toFixed(2);
    if (this.band) area(paintOf(this.svg.querySelector(".band")), ...this.band.map((edge) => this.points(edge)));
    // The line of the first column lies on top.
    [...this.paints.entries()].reverse().forEach(([column, own]) => {
      const points = this.points(column);
      if (this.kind === "days") {
        const half = this.atX(0.8) - this.atX(0);
        const bars = points.map(([x, y]) => `M${x - half} ${floor}V${y}h${2 * half}V${floor}Z`);
        shape("path", { ...own, d: bars.join("") }, parent);
      } else if (this.stacked) area(own, points, column ? this.points(column - 1) : points.map(([x]) => [x, floor]));
      else line(own, points);
    });
  }

  drawTicks() {
    const [low, high] = this.view, most = (this.box[2] - this.box[0]) / 42;
    const days = Array.from({ length: high - Math.ceil(low) + 1 }, (_, index) => Math.ceil(low) + index);
    // Mondays, as the first day of 1970 was a Thursday, or the first days of every so many months.
    const begins = (day, months) => {
      const date = new Date(day * DAY);
      return months ? date.getUTCDate() === 1 && (date.getUTCFullYear() * 12 + date.getUTCMonth()) % months === 0 : day % 7 === 4;
    };
    for (const months of [0, 1, 3, 6, 12, 24, 60]) {
      const chosen = days.filter((day) => begins(day, months));
      if (chosen.length > most) continue;
      const pattern = months < 12 ? (months ? this.words.tickMonth : this.words.tickDay) : this.words.tickYear;
      for (const day of chosen) {
        const text = this.svg.querySelector(".axis-x text").cloneNode();
        text.removeAttribute("transform");
        put(text, { x: this.atX(day) }, this.drawn, this.words.date(day, pattern));
        if (this.cutOff(text)) text.remove();
      }
      return;
    }
  }

  // The end at which a text would have to be anchored to be seen whole; empty when it is.
  cutOff(text, moved = 0) {
    const { x, width } = text.getBBox();
    return x + moved < 0 ? "start" : x + width + moved > this.size.width ? "end" : "";
  }

  // What marks a day moves with it; its label turns to the side that has room.
  drawMark(mark) {
    const day = Number(mark.dataset.day);
    if (day < this.view[0] || day > this.view[1]) return;
    const was = this.atX(day, this.whole), moved = this.atX(day) - was;
    const copy = put(mark.cloneNode(true), { transform: `translate(${moved})`, display: "inline" }, this.drawn);
    const text = copy.querySelector("text[x]");
    if (!text) return;
    const side = this.cutOff(text, moved);
    if (!side) return;
    text.removeAttribute("transform");
    put(text, { "text-anchor": side, x: 2 * was - text.getAttribute("x") });
  }

  // A shaded stretch of days, as much of it as is in view, and its name at its end.
  drawStretch(part) {
    const [from, until] = [part.dataset.day, part.dataset.until].map((day) => clamp(Number(day), ...this.view));
    if (from === until) return;
    const [left, right] = [this.atX(from), this.atX(until)], label = part.querySelector("text");
    if (!label) return shape("rect", { ...paintOf(part), x: left, y: this.box[1], width: right - left, height: this.box[3] - this.box[1] }, this.drawn);
    const text = put(label.cloneNode(true), { x: right }, this.drawn);
    text.removeAttribute("transform");
  }

  // The name of a line moves with its height at the end of what is seen.
  drawEnd(label) {
    const column = Number(label.dataset.column), cells = this.cells[column];
    const until = (last) => cells.findLastIndex((cell, index) => cell !== null && index <= last);
    const height = (index) => {
      const top = this.heights(index)[column];
      return this.stacked ? top - cells[index] / 10 ** this.decimals / 2 : top;
    };
    const seen = until(this.ends()[1]);
    const moved = seen < 0 ? 0 : this.atY(height(seen)) - this.atY(height(until(cells.length)));
    put(label.cloneNode(true), { transform: `translate(0 ${moved})`, display: "inline" }, this.drawn);
  }

  // A row of small marks above the plot: those in view, at their days.
  drawOccasions(row) {
    const copy = put(row.cloneNode(true), { display: "inline" }, this.drawn);
    copy.querySelector("defs")?.remove();
    const [low, high] = this.view, left = this.atX(low), right = this.atX(high);
    for (const mark of copy.querySelectorAll("use")) {
      const x = this.atX(low) + ((mark.getAttribute("x") - this.atX(low, this.whole)) * (this.whole[1] - this.whole[0])) / (high - low);
      if (x < left || x > right) mark.remove();
      else mark.setAttribute("x", x);
    }
  }

  listen() {
    const on = (target, name, act) => target.addEventListener(name, act);
    on(this.stage, "pointermove", (event) => this.move(event));
    on(this.stage, "pointerdown", (event) => {
      const place = this.under(event);
      if (place === undefined || event.button) return;
      if (this.days) event.preventDefault();
      this.reader.focus({ preventScroll: true });
      this.show(this.nearest(place));
      if (this.days && event.pointerType !== "touch") this.from = place;
    });
    on(window, "pointerup", () => {
      if (this.from !== undefined && this.to !== undefined) this.narrow(...[this.from, this.to].map(Math.round).sort((a, b) => a - b));
      this.from = this.to = undefined;
    });
    on(this.stage, "pointerleave", (event) => {
      if (event.pointerType !== "touch" && document.activeElement !== this.reader) this.show(-1);
    });
    on(this.reader, "focus", () => this.index < 0 && this.show(this.ends()[1]));
    on(this.reader, "blur", () => this.show(-1));
    on(this.reader, "keydown", (event) => this.press(event));
    on(document, "keydown", (event) => {
      if (event.key !== "Escape") return;
      this.from = this.to = undefined;
      if (this.index >= 0) this.show(-1);
    });
  }

  move(event) {
    const place = this.under(event);
    if (place === undefined) return;
    this.show(this.nearest(place));
    if (this.from === undefined) return;
    const [one, other] = [this.from, place].map((day) => this.atX(day));
    this.to = Math.abs(one - other) > 4 ? place : undefined;
    if (this.to) this.area(one, other);
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [first, last] = this.ends(), now = this.index < 0 ? last : this.index, up = this.upright ? 1 : -1;
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowUp: up, ArrowDown: -up, PageUp: 10, PageDown: -10, Home: -Infinity, End: Infinity };
    const zoom = this.days && { "+": 0.5, "=": 0.5, "-": 2, "−": 2 }[event.key];
    if (event.key in steps) this.show(clamp(now + steps[event.key], first, last), true);
    else if (zoom) {
      const half = ((this.view[1] - this.view[0]) * zoom) / 2;
      this.narrow(this.places[now] - half, this.places[now] + half);
    } else return;
    event.preventDefault();
  }
}

const languages = {};
for (const given of document.querySelectorAll("script.chart-language"))
  languages[given.dataset.lang] = new Language(JSON.parse(given.textContent));
for (const given of document.querySelectorAll("script.chart-values")) {
  const figure = given.closest("figure");
  new Chart(figure, JSON.parse(given.textContent), languages[figure.querySelector("svg.chart").getAttribute("lang")]);
}
