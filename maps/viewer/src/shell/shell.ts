/** The page round the map: panel, strip, key bar, tools, card, credits. */

import L from "leaflet";
import { button, h } from "../reading/dom";
import { listContent } from "../reading/listing";
import { type Scene, sceneOf } from "../canvas/scene";
import { stageOf } from "../reading/stage";
import { applyTheme, forcedColours } from "../canvas/tokens";
import type { Worldviews } from "../words/disputes";
import { plural } from "../words/numbers";
import { CardFrame } from "./cardframe";
import { kindChips } from "./chips";
import { credits } from "./credits";
import { rememberedTheme, rememberTheme } from "./hash";
import { Keyboard } from "./keyboard";
import { KeyBar } from "./keybar";
import { cornerChip } from "../reading/cornerchip";
import { keepClear } from "./keepclear";
import { kindLegend } from "./kindlegend";
import { type LayerEntry, layerPanel } from "./layerpanel";
import { isPhone, Layout, PHONE_PX } from "./layout";
import { Panel } from "./panel";
import { followPrinting } from "./printing";
import { Sheet } from "./sheet";
import { emptyStates, notices } from "./states";
import { Strip } from "../strip/strip";
import { tollLegend, tollSwitch } from "./tollswitch";
import { tools } from "./tools";
import { placedMembers, unplacedContent } from "./unplaced";
import { followAddress } from "./viewstate";

type Bounds = readonly [readonly [south: number, west: number], readonly [north: number, east: number]];

export interface OpenOptions {
  readonly title?: string;
  readonly provenance?: string | null;
  readonly language?: string;
  readonly dir?: "ltr" | "rtl";
  readonly worldview?: Worldviews;
  readonly attribution?: readonly string[];
  readonly layers?: readonly LayerEntry[];
  /** What to open on, [[south, west], [north, east]]; null keeps the view that the map has. */
  readonly bounds?: Bounds | null;
  /** What was done to the data, as a head and a text each. */
  readonly notices?: readonly (readonly [head: string, text: string])[];
}

const SINGLE_MARK_ZOOM = 11;

function prepareMap(map: L.Map): void {
  // The types promise both, but the page may have left them out.
  const { zoomControl, attributionControl } = map as { zoomControl?: L.Control; attributionControl?: L.Control };
  zoomControl?.remove();
  attributionControl?.remove();
  // Our own drawing has no tiles that would blur between whole zooms.
  map.options.zoomSnap = 0.25;
  const container = map.getContainer();
  container.setAttribute("role", "application");
  container.tabIndex = 0;
}

export function openShell(map: L.Map, options: OpenOptions): void {
  const scene = sceneOf(map);
  const stage = stageOf(map);
  const { clock } = scene;
  const root = document.documentElement;
  if (options.language) root.lang = options.language;
  if (options.dir) root.dir = options.dir;
  prepareMap(map);
  stage.corner?.remove();
  for (const { layer, visible } of options.layers ?? []) {
    if (visible !== map.hasLayer(layer)) {
      if (visible) layer.addTo(map);
      else layer.remove();
    }
  }

  const strip = new Strip(scene);
  const worldview = options.worldview ?? { borders: null, incidents: null };
  const keyBar = new KeyBar(scene, stage.marks, worldview);
  const panel = new Panel(scene, {
    title: options.title ?? "Incidents",
    provenance: options.provenance ?? "",
    onUnplaced: () => void showUnplaced(),
  });
  const corner: HTMLElement = cornerChip(scene, isPhone, (members, total) => {
    stage.list(members, total);
  });
  // Names keep off the controls of Leaflet, too.
  const controls = map.getContainer().getElementsByClassName("leaflet-control") as HTMLCollectionOf<HTMLElement>;
  const noticeLines = notices(options.notices ?? []);
  const layout: Layout = new Layout(
    map,
    (): readonly HTMLElement[] => [...noticeLines.querySelectorAll<HTMLElement>(".im-notice"), panel.element, strip.element, keyBar.element, toolBar, creditLine, chips, corner, card.element, keyBar.legend, ...(layers === null ? [] : [layers]), ...controls],
    () => panel.element,
    () => (isPhone() ? (card.isOpen ? card.element : panel.element) : strip.element),
  );
  const card: CardFrame = new CardFrame(scene, stage, layout);
  const layers = (options.layers ?? []).length === 0 ? null : layerPanel(scene, options.layers ?? [], () => {
    keyBar.show(true);
  });
  // After the switches of the incidents, which it belongs to.
  if (layers !== null) layers.querySelector("h3 ~ h3")?.before(tollSwitch(clock, layers));
  scene.legends.add(kindLegend(clock));
  scene.legends.add(tollLegend(clock, stage.marks));
  const sheet = new Sheet(panel.element, () => {
    scene.request("top");
  });
  const fit = (): void => {
    stage.fit(placedMembers(clock), SINGLE_MARK_ZOOM);
  };
  const toolBar = tools(scene, { fit, layers, filters: () => {
    sheet.set("full");
  } });
  const creditLine = credits(map, options.attribution ?? [], worldview);
  const chips = kindChips(scene);
  const keyboard = new Keyboard(scene, stage, {
    strip,
    fit,
    close: () => closeTopmost(card, keyBar, layers),
    toggleLayers: () => {
      if (layers !== null) layers.hidden = !layers.hidden;
    },
    toggleTheme: () => {
      const next = scene.theme === "dark" ? "light" : "dark";
      rememberTheme(next);
      scene.setTheme(next);
    },
  });

  const showUnplaced = async (): Promise<void> => {
    card.showContent(await unplacedContent(clock, (ref) => void card.showIncident(ref)));
  };
  scene.onOpen = (ref) => void card.showIncident(ref);
  scene.onList = (refs, total) => void listContent(clock, refs, (ref) => void card.showIncident(ref), total)
    .then((content) => { card.showContent(content); });
  panel.stateSlot.append(emptyStates(scene, stage, { fit, listUnplaced: () => void showUnplaced() }));
  const failure = failureLine(scene, [strip.element, keyBar.element]);
  scene.panels = () => layout.boxes();
  stage.padding = () => layout.padding();
  scene.middle = () => {
    const { topLeft, bottomRight } = layout.padding();
    return (topLeft.x + map.getSize().x - bottomRight.x) / 2;
  };

  const before = h("div", { class: "im-shell im-shell-start" }, skipLinks(map.getContainer(), strip.element), panel.element);
  const after = h(
    "main", { class: "im-shell" },
    noticeLines, chips, toolBar, layers, corner, creditLine, keyBar.element, keyBar.legend, strip.element, card.element, failure, keyboard.live,
  );
  mount(map, before, after);
  followTheme(scene, [before, after]);
  followPrinting(scene, map.getContainer().parentElement ?? document.body);
  placeStrip(panel, strip, after, map);
  followSheet(scene, after, [panel.element, card.element]);
  followHeight(scene, after, keyBar.element, "--im-keys-now");
  followHeight(scene, after, creditLine, "--im-credits-now");
  keepClear(scene);
  // Names keep off what opens over the map.
  for (const part of [keyBar.legend, layers]) {
    if (part !== null) new MutationObserver(() => { scene.request("top"); }).observe(part, { attributeFilter: ["hidden"] });
  }
  nameMap(scene);
  // Blocks may have been opened while the scripts of later layers were read.
  if (clock.total > 0) clock.dataChanged();
  const asked = followAddress(scene, { layers: options.layers ?? [], select: (id) => stage.select(id) });
  if (options.bounds && !asked) openOn(scene, options.bounds, layout);
  document.querySelector(".im-opening")?.remove();
}

/** The first view, clear of the shell; a zoom that the page's script has already begun ends first. */
function openOn(scene: Scene, bounds: Bounds, layout: Layout): void {
  const { map } = scene;
  const fit = (): void => {
    const { topLeft, bottomRight } = layout.padding();
    const [[south, west], [north, east]] = bounds;
    map.fitBounds([[south, west], [north, east]], {
      paddingTopLeft: topLeft, paddingBottomRight: bottomRight, maxZoom: SINGLE_MARK_ZOOM, animate: false,
    });
  };
  fit();
  // Leaflet has no public word for it.
  if ((map as { _animatingZoom?: boolean })._animatingZoom !== true) return;
  void scene.wait(new Promise((resolve) => {
    map.once("moveend", () => window.setTimeout(() => {
      fit();
      resolve();
    }));
  }));
}

/** Says what could not be read, and takes away what would then show nothing. */
function failureLine(scene: Scene, useless: readonly HTMLElement[]): HTMLElement {
  const line = h("p", { class: "im-failure", role: "alert", hidden: true });
  scene.showsFailures = true;
  scene.afterDraw.add(() => {
    if (scene.failure === null || !line.hidden) return;
    line.textContent = `This file is damaged or too new. ${scene.failure} Ask for the file again.`;
    line.hidden = false;
    if (scene.clock.total === 0) for (const part of useless) part.hidden = true;
  });
  return line;
}

/** Seen only when they have the focus. */
function skipLinks(map: HTMLElement, time: HTMLElement): HTMLElement {
  const to = (name: string, target: () => HTMLElement | null): HTMLElement =>
    button({ class: "im-surface" }, () => target()?.focus(), name);
  return h(
    "nav", { class: "im-skip", "aria-label": "Skip" },
    to("Skip to the map", () => map),
    to("Skip to the time window", () => time.querySelector<HTMLElement>("[role=slider]")),
  );
}

function mount(map: L.Map, before: HTMLElement, after: HTMLElement): void {
  const container = map.getContainer();
  const parent = container.parentElement;
  parent?.classList.add("im-page");
  container.before(before);
  container.after(after);
  for (const part of [before, after]) L.DomEvent.disableScrollPropagation(part);
}

function followTheme(scene: Scene, roots: readonly HTMLElement[]): void {
  const apply = (): void => {
    for (const root of [document.documentElement, ...roots]) applyTheme(root, scene.theme);
  };
  scene.afterTheme.add(apply);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  scene.setTheme(rememberedTheme() ?? (dark.matches ? "dark" : "light"));
  dark.addEventListener("change", ({ matches }) => {
    if (rememberedTheme() === null) scene.setTheme(matches ? "dark" : "light");
  });
  forcedColours?.addEventListener("change", () => {
    scene.setTheme(scene.theme);
  });
  apply();
}

/** On a phone the strip is part of the sheet. */
function placeStrip(panel: Panel, strip: Strip, wide: HTMLElement, map: L.Map): void {
  const phone = window.matchMedia(`(max-width: ${PHONE_PX - 1}px)`);
  const place = (): void => {
    if (phone.matches) panel.stripSlot.append(strip.element);
    else wide.append(strip.element);
    map.invalidateSize();
  };
  phone.addEventListener("change", place);
  place();
}

/** On a phone the credits stand on whatever covers the bottom of the map. */
function followSheet(scene: Scene, shell: HTMLElement, sheets: readonly HTMLElement[]): void {
  const refresh = (): void => {
    const card = sheets.find((sheet) => sheet.classList.contains("im-card") && !sheet.hidden);
    shell.style.setProperty("--im-sheet-now", `${(card ?? sheets[0]!).offsetHeight}px`);
    if (scene.panelsMoved) scene.request("top");
  };
  const observer = new ResizeObserver(refresh);
  for (const sheet of sheets) observer.observe(sheet);
}

/** What stands on the key bar or on the credits has to know how many lines they need. */
function followHeight(scene: Scene, shell: HTMLElement, part: HTMLElement, name: string): void {
  new ResizeObserver(() => {
    shell.style.setProperty(name, `${part.offsetHeight}px`);
    if (scene.panelsMoved) scene.request("top");
  }).observe(part);
}

function nameMap(scene: Scene): void {
  const { clock, map } = scene;
  scene.followClock(() => {
    map.getContainer().setAttribute(
      "aria-label", `Map, ${plural(clock.tally().visible, "incident")}; press N for the next one`,
    );
  });
}

function closeTopmost(card: CardFrame, keyBar: KeyBar, layers: HTMLElement | null): boolean {
  if (card.isOpen) card.close();
  else if (layers !== null && !layers.hidden) layers.hidden = true;
  else if (!keyBar.legend.hidden) keyBar.show(false);
  else return false;
  return true;
}
