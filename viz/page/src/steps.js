/** The way back and forth through what was taken away. */

const MOST = 200;

export class Steps {
  /** @param {(lost: string[]) => void} show takes these away and no others */
  constructor(show) {
    this.show = show;
    /** @type {string[][]} */
    this.past = [];
    /** @type {string[][]} */
    this.future = [];
    this.moving = false; // along the steps themselves
  }

  /** One step further. @param {string[]} from @param {string[]} to */
  take(from, to) {
    if (this.moving || from.join(" ") === to.join(" ")) return;
    this.past = [...this.past.slice(1 - MOST), from];
    this.future = [];
    this.now = to;
  }

  /** @param {"past"|"future"} way */
  _move(way) {
    const next = this[way].pop();
    if (!next) return;
    this[way === "past" ? "future" : "past"].push(this.now ?? []);
    this.now = next;
    this.moving = true;
    this.show(next);
    this.moving = false;
  }

  /** @returns {import("./parts.js").Steps} */
  describe() {
    return {
      past: this.past.length,
      future: this.future.length,
      undo: () => this._move("past"),
      redo: () => this._move("future"),
    };
  }

  /** Ctrl+Z goes back, Ctrl+Y or Ctrl+Shift+Z forth, but in a field they are the field's. @param {KeyboardEvent} event */
  press(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "")) return;
    const key = event.key.toLowerCase();
    const way = key === "y" || (key === "z" && event.shiftKey) ? "future" : key === "z" ? "past" : null;
    if (!way || !this[way].length) return;
    event.preventDefault();
    this._move(way);
  }
}
