/** The page of a review: which item is open, what is decided in it, and what follows from that. */

import { data, h } from "../reading/dom";
import { DIRECTION, say } from "../words/catalogue";
import { told } from "../words/told";
import { Bar } from "./bar";
import { candidateLine, mergeLines, placeKeys, seenLine, type Typed, typedLine } from "./choices";
import { decidedBox, detail } from "./detail";
import { Foot } from "./foot";
import { headline } from "./facts";
import { type Choices, editForm, PlaceForm } from "./forms";
import { guardLeaving, layOut, Themed } from "./frame";
import { ItemList } from "./itemlist";
import { listen } from "./keyboard";
import { keyOf, type Line } from "./lines";
import { type GroundBlocks, PlaceMap, type Spot } from "./placemap";
import { Queue } from "./queue";
import type { Item, Records, Report } from "./records";
import { Session } from "./session";
import { chosenOf, spotsOf } from "./spots";
import { fileSheet, keySheet, verificationSheet } from "./sheets";

export interface ReviewOptions {
  readonly title: string;
  /** Name of the file that the decisions go into. */
  readonly file: string;
  readonly ground: GroundBlocks;
  readonly attribution: readonly string[];
  readonly choices: Choices;
}

export class Review {
  readonly map: PlaceMap;
  readonly #session: Session;
  readonly #options: ReviewOptions;
  readonly #queue: Queue;
  readonly #bar: Bar;
  readonly #list: ItemList;
  readonly #foot: Foot;
  readonly #body = h("div", { class: "im-review-body" });
  readonly #said = h("p", { class: "im-review-said", role: "status" });
  readonly #root: HTMLElement;
  readonly #keys: HTMLDialogElement;
  readonly #theme: Themed;
  #form: PlaceForm | null = null;
  #item = -1;
  #active = 0;
  #all = false;

  constructor(records: Records, options: ReviewOptions) {
    [this.#session, this.#options] = [new Session(records), options];
    this.#queue = new Queue(records);
    this.#bar = new Bar(options.title, this.#queue, {
      changed: () => { this.#relist(); }, undo: () => { this.undo(); }, save: () => { this.save(); }, help: () => { this.#keys.showModal(); },
      theme: () => { this.#theme.toggle(); }, list: () => { this.#root.classList.toggle("im-review-listing"); },
    });
    this.#foot = new Foot({ step: (by) => { this.step(by); }, seen: () => { this.seen(); }, verify: () => { this.verify(); } });
    const { root, scroller, mapElement } = layOut(this.#bar, this.#body, this.#said, this.#foot.element, options.attribution);
    this.#root = root;
    this.map = new PlaceMap(mapElement, options.ground);
    mapElement.append(this.#foot.mapTools(this.map));
    this.#list = new ItemList(scroller, records, this.#queue, (item) => this.#session.progress.isDone(item), (item) => { this.open(item); });
    this.#keys = keySheet();
    this.#theme = new Themed(this.map);
    this.#listen();
    this.#relist();
    this.open(this.#queue.shown[0] ?? -1);
  }

  open(item: number): void {
    [this.#item, this.#all] = [item, false];
    this.#active = this.#session.foremost(this.#current);
    this.#root.classList.remove("im-review-listing");
    this.#say();
    this.#form = this.#newForm();
    this.#draw(true);
    this.#body.scrollTop = 0;
    this.#list.refresh(item);
    if (!this.#list.element.contains(document.activeElement)) this.#body.querySelector<HTMLElement>("#im-review-title")?.focus({ preventScroll: true });
  }

  step(by: 1 | -1): void {
    const { shown } = this.#queue;
    const place = shown.indexOf(this.#item);
    const next = shown[place < 0 ? 0 : place + by];
    if (next !== undefined) this.open(next);
  }

  nextOpen(): void {
    const { shown } = this.#queue;
    const from = shown.indexOf(this.#item) + 1;
    const next = [...shown.slice(from), ...shown.slice(0, from)].find((item) => item !== this.#item && !this.#session.progress.isDone(item));
    if (next !== undefined) this.open(next);
  }

  /** A number chooses a candidate, or the report of several that keys and forms concern. */
  pick(place: number): void {
    const [report, other] = this.#reports;
    if (report === undefined) return;
    if (other !== undefined) {
      if (place >= this.#reports.length) return;
      this.#active = place;
      this.#draw(false);
      return;
    }
    const candidate = report.candidates[place];
    if (candidate !== undefined) this.#place(candidateLine(report, candidate, this.#all));
  }

  merge(): void {
    const item = this.#current;
    if (item !== undefined && this.#reports.length > 1) this.#decide(mergeLines(item, this.#session.records.reports));
  }

  split(): void {
    const item = this.#current;
    if (item !== undefined && this.#reports.length > 1) this.#decide(...this.#session.parted(item, this.#active));
  }

  seen(): void {
    const item = this.#current;
    if (item === undefined) return;
    if (item.why === "merged") {
      this.merge();
      return;
    }
    const line = seenLine(item, this.#session.records.reports);
    if (this.#session.log.at(keyOf(line)) === undefined) this.#decide([line]);
    else this.#decide([], [keyOf(line)]);
  }

  verify(): void {
    const [item, report] = [this.#current, this.#edited];
    if (item === undefined || report === undefined) return;
    const values = (this.#options.choices["verification"] ?? []).map(([value]) => value);
    verificationSheet(values, headline(report), this.#session.value(item, report, "verification"), (value) => { this.#edit(report, "verification", value, item.why === "unverified"); }).showModal();
  }

  undo(): void { this.#back(this.#session.log.undo()); }

  redo(): void { this.#back(this.#session.log.redo()); }

  save(): void {
    fileSheet({
      name: this.#options.file, text: this.#session.csv, decided: this.#session.log.lines.length, earlier: this.#session.earlier.length,
      onSaved: () => {
        this.#session.log.saved();
        this.#count();
      },
    }).showModal();
  }

  get #current(): Item | undefined { return this.#session.records.items[this.#item]; }

  get #reports(): readonly Report[] { return (this.#current?.reports ?? []).map((place) => this.#session.records.reports[place]!); }

  /** The report that keys and the place concern. */
  get #report(): Report | undefined { return this.#reports[this.#active]; }

  /** The report that edits name: of a merged incident any names it, until it is parted. */
  get #edited(): Report | undefined { return this.#reports[this.#current !== undefined && this.#session.isWhole(this.#current) ? 0 : this.#active]; }

  #place(line: Line): void {
    const keys = placeKeys(this.#report!);
    // What was chosen before, for this report or for all, gives way.
    this.#decide([line], keys.filter((key) => key !== keyOf(line)));
  }

  #edit(report: Report, field: string, value: string, goesOn = false): void {
    this.#decide(...this.#session.edited(this.#current!, report, field, value), goesOn);
  }

  /** Takes decisions, and goes on to the next item where they answer what the item asks. */
  #decide(lines: readonly Line[], dropped: readonly string[] = [], goesOn = true): void {
    const refusal = this.#session.refusal(lines);
    if (refusal !== null) {
      // What was typed and is not taken must not stand there.
      this.#draw(false);
      this.#say(...refusal);
      return;
    }
    const [title, words] = [data(headline(this.#reports[0]!)), lines.map((line) => this.#session.words(line))];
    this.#session.log.decide(this.#item, lines, dropped);
    this.#changed();
    if (!goesOn) this.#drawDecided();
    else if (lines.length > 0 && this.#queue.shown.at(-1) !== this.#item) this.step(1);
    else this.#draw(false);
    const made = h("bdi", { dir: DIRECTION }, ...words.flatMap((each, i) => (i === 0 ? each : [" ", ...each])));
    if (lines.length > 0) this.#say(...told("review.said", { title, made }));
  }

  #back(item: number | null): void {
    if (item === null) return;
    this.#changed();
    this.open(item);
    this.#say(say("review.undone"));
  }

  #changed(): void {
    this.#session.refresh();
    this.#count();
    this.#list.refresh(this.#item);
  }

  #count(): void { this.#bar.progress(this.#session.progress.done, this.#session.records.items.length, this.#session.log.unsaved, this.#session.log.canUndo); }

  #relist(): void {
    this.#session.refresh();
    this.#queue.refresh((item) => this.#session.progress.isDone(item), this.#item);
    this.#list.refresh(this.#item);
    this.#count();
    if (!this.#queue.shown.includes(this.#item) && this.#queue.shown.length > 0) this.open(this.#queue.shown[0]!);
    else if (this.#queue.shown.length === 0) this.open(-1);
  }

  #newForm(): PlaceForm {
    return new PlaceForm(
      (typed: Typed) => { if (this.#report !== undefined) this.#place(typedLine(this.#report, typed, this.#all)); },
      () => {
        this.#say(say("review.map.click"));
        this.map.element.classList.add("im-review-pointing");
        this.map.onPoint = (lon, lat) => {
          this.#stopPointing();
          this.#form?.setPoint(lon, lat);
        };
      },
    );
  }

  #stopPointing(): void {
    this.map.onPoint = null;
    this.map.element.classList.remove("im-review-pointing");
    this.#say();
  }

  get #chosen(): number { return this.#reports.length === 1 ? chosenOf(this.#report!, this.#session.placed(this.#report!)) : -1; }

  #draw(fit: boolean): void {
    const item = this.#current;
    const edited = this.#edited;
    this.#foot.show(item !== undefined);
    if (item === undefined || edited === undefined) {
      this.#body.replaceChildren(h("p", { class: "im-review-nothing" }, say(this.#session.records.items.length === 0 ? "review.empty" : "review.none")));
      this.map.show([], fit);
      return;
    }
    const wasOpen = new Set([...this.#body.querySelectorAll("details[open]")].map(({ className }) => className));
    const place = this.#queue.shown.indexOf(this.#item);
    const position = place < 0 ? "" : say("review.position", { n: place + 1, total: this.#queue.shown.length });
    const article = detail({
      item, reports: this.#reports, active: this.#active, decided: this.#decidedWords(), all: this.#all, chosen: this.#chosen,
      choose: (place) => { this.pick(place); }, setAll: (all) => { this.#all = all; }, merge: () => { this.merge(); }, split: () => { this.split(); },
      placeForm: this.#form!.element,
      editForm: editForm(headline(edited), (name) => this.#session.value(item, edited, name), this.#options.choices, (name, value) => { this.#edit(edited, name, value); }),
    }, position);
    this.#body.replaceChildren(article);
    if (!fit) for (const each of this.#body.querySelectorAll("details")) each.open ||= wasOpen.has(each.className);
    this.map.show(this.#spots(), fit);
  }

  /** Tells what has been decided, where the form that it was decided in has to stay. */
  #drawDecided(): void { this.#body.querySelector(".im-review-decided")?.replaceWith(decidedBox(this.#decidedWords())); }

  #decidedWords(): HTMLElement[] { return this.#session.log.of(this.#item).map((line) => h("span", {}, ...this.#session.words(line))); }

  #spots(): readonly Spot[] {
    return spotsOf(this.#reports, { active: this.#active, chosen: this.#chosen, placed: this.#reports.length === 1 ? this.#session.placed(this.#report!) : undefined }, (place) => { this.pick(place); });
  }

  #say(...words: readonly (Node | string)[]): void { this.#said.replaceChildren(...words); }

  #listen(): void {
    const all = (): void => {
      if ((this.#report?.same ?? 0) < 2 || this.#reports.length > 1) return;
      this.#all = !this.#all;
      this.#draw(false);
    };
    const open = (part: string): HTMLDetailsElement | null => {
      const found = this.#body.querySelector<HTMLDetailsElement>(part);
      found?.toggleAttribute("open", true);
      return found;
    };
    const write = (name: "place" | "lon"): void => { if (open(".im-review-other") !== null) this.#form?.focus(name); };
    const acts = {
      n: () => { this.nextOpen(); }, a: all, p: () => { write("place"); }, c: () => { write("lon"); }, m: () => { this.merge(); }, s: () => { this.split(); },
      v: () => { this.verify(); }, e: () => { open(".im-review-edit")?.querySelector("input")?.focus(); },
      x: () => { this.seen(); }, z: () => { this.undo(); }, Z: () => { this.redo(); }, "/": () => { this.#bar.search(); },
      f: () => { this.#bar.filter(); }, 0: () => { this.map.fit(); }, d: () => { this.#theme.toggle(); }, w: () => { this.save(); }, "?": () => { this.#keys.showModal(); },
    };
    const escape = (): void => {
      this.#root.classList.remove("im-review-listing");
      if (this.map.onPoint !== null) this.#stopPointing();
      else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    };
    listen({ step: (by) => { this.step(by); }, pick: (place) => { this.pick(place); }, letters: acts, escape });
    guardLeaving(() => this.#session.log.unsaved);
  }
}
