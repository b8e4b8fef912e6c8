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

  /** The browser went somewhere: back over a step undoes it, forward does it again. @param {string[]} from @param {string[]} to */
  follow(from, to) {
    const [a, b] = [from.join(" "), to.join(" ")];
    if (a === b) return;
    for (const [way, other] of /** @type {const} */ ([
      ["past", "future"],
      ["future", "past"],
    ]))
      if (this[way].at(-1)?.join(" ") === b) {
        this[way].pop();
        this[other].push(from);
        this.now = to;
        return;
      }
    this.take(from, to);
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

  /** Ctrl+Z goes back, Ctrl+Y or Ctrl+Shift+Z forth, but where something is typed they are the field's. @param {KeyboardEvent} event */
  press(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const field = /** @type {HTMLInputElement|null} */ (document.activeElement);
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(field?.tagName ?? "");
    if (typing && !(field?.id === "whatif-field" && field.value === "")) return;
    const key = event.key.toLowerCase();
    const way = key === "y" || (key === "z" && event.shiftKey) ? "future" : key === "z" ? "past" : null;
    if (!way || !this[way].length) return;
    event.preventDefault();
    this._move(way);
  }
}
