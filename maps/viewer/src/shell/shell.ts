/** The page round the map: panel, strip, key bar, tools, card, credits. */

import L from "leaflet";
import { h } from "../reading/dom";
import { aboutFile } from "../list/about";
import { listContent } from "../reading/listing";
import { type Scene, sceneOf } from "../canvas/scene";
import { fitBoxes, fitClear } from "../reading/fitting";
import { stageOf } from "../reading/stage";
import { applyTheme, forcedColours } from "../canvas/tokens";
import type { Worldviews } from "../words/disputes";
import { DIRECTION, LOCALE, say } from "../words/catalogue";
import { addTo } from "./additions";
import { CardFrame } from "./cardframe";
import { kindChips } from "./chips";
import { credits } from "./credits";
import { rememberedTheme } from "./hash";
import { followHeight, followSheet, placeStrip } from "./heights";
import { followKeys, MapKeys } from "./keyboard";
import { KeyBar } from "./keybar";
import { cornerChip } from "../reading/cornerchip";
import { keepClear } from "./keepclear";
import { kindLegend } from "./kindlegend";
import { type LayerEntry, layerPanel } from "./layerpanel";
import { keyList } from "./keylist";
import { isPhone, Layout } from "./layout";
import { Measure } from "./measure";
import { methodPanel } from "./methodpanel";
import { Panel } from "./panel";
import { followPrinting, type PaperOptions } from "./paper";
import { Rail } from "./rail";
import { coverWith, Sheet } from "./sheet";
import { skipLinks } from "./skiplinks";
import { emptyStates, notices } from "./states";
import { Strip } from "../strip/strip";
import { tollLegend, tollSwitch } from "./tollswitch";
import { tools } from "./tools";
import { topBar } from "./topbar";
import { placedMembers, unplacedContent } from "./unplaced";
import { addressState, followAddress } from "./viewstate";

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
  /** The block that records how the map was made. */
  readonly method?: string;
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
  root.dataset["imWords"] = DIRECTION;
  prepareMap(map);
  for (const { layer, visible } of options.layers ?? []) {
    if (visible !== map.hasLayer(layer)) {
      if (visible) layer.addTo(map);
      else layer.remove();
    }
  }

  const strip = new Strip(scene);
  const title = options.title ?? say("panel.title");
  const worldview = options.worldview ?? { borders: null, incidents: null };
  const keyBar = new KeyBar(scene, stage.marks, worldview);
  const panel = new Panel(scene, stage, {
    title,
    provenance: options.provenance ?? "",
    onUnplaced: () => void showUnplaced(),
    about: () => aboutFile(title, options),
    other: () => layout.over[0],
  });
  const searchTop = h("div", { class: "im-search-top" });
  const corner: HTMLElement = cornerChip(scene, () => isPhone() || layout.over.length > 0, (members, total) => {
    stage.list(members, total);
  });
  // Names keep off the controls of Leaflet, too.
  const controls = map.getContainer().getElementsByClassName("leaflet-control") as HTMLCollectionOf<HTMLElement>;
  const noticeLines = notices(options.notices ?? []);
  const layout: Layout = new Layout(
    map,
    (): readonly HTMLElement[] => [...noticeLines.querySelectorAll<HTMLElement>(".im-notice"), panel.element, strip.element, keyBar.element, top, searchTop, toolBar, measure.element, creditLine, chips, corner, card.element, keyBar.legend, ...(layers === null ? [] : [layers]), ...controls],
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
  const rail = new Rail(panel.element, () => {
    scene.request("top");
  });
  const showPanel = (): void => {
    if (isPhone()) sheet.set("full");
    else rail.fold(false);
  };
  const filters = (): void => {
    showPanel();
    panel.focusFilters();
  };
  const measure = new Measure(scene, layout);
  const toggleMeasure = (): void => { measure.show(!measure.isOpen); };
  const toolBar = tools(scene, { fit, layers, filters, measure: measure.element, toggleMeasure });
  const keys = keyList();
  const openKeys = (): void => { keys.showModal(); };
  const paper: PaperOptions = {
    title, provenance: options.provenance ?? "", list: panel.list, layout,
    sources: () => creditLine.querySelector("p")?.textContent ?? "",
  };
  const { element: top, toggleTheme } = topBar(scene, paper, () => addressState(scene, options.layers ?? []), openKeys);
  const method = options.method === undefined ? null : methodPanel(scene, stage, options.method, options, [top, toolBar]);
  const creditLine = credits(scene, layout, options.attribution ?? [], worldview);
  const chips = kindChips(scene);
  const mapKeys = new MapKeys(scene, stage, fit);
  followKeys({
    strip, filters, toggleMeasure, toggleTheme, openKeys,
    search: () => { showPanel(); panel.search.focus(); },
    toggleTable: () => { showPanel(); panel.list.showTable(!panel.list.isTable); },
    close: () => closeTopmost(),
    toggleLayers: () => {
      if (layers !== null) layers.hidden = !layers.hidden;
    },
  });

  /** Focus that was inside goes back to what opened it. */
  const closeTopmost = (): boolean => {
    if (card.isOpen) card.close();
    else if (layers !== null && !layers.hidden) {
      const inside = layers.contains(document.activeElement);
      layers.hidden = true;
      if (inside) toolBar.querySelector<HTMLElement>(".im-tool-layers")?.focus();
    } else if (!keyBar.legend.hidden) keyBar.show(false);
    else if (measure.isOpen) measure.show(false);
    else if (toolBar.classList.contains("im-more")) {
      const more = toolBar.querySelector<HTMLElement>(".im-tool-more")!;
      more.click();
      more.focus();
    } else if (panel.list.isTable) panel.list.showTable(false);
    else if (sheet.isFull) {
      sheet.set("half");
      sheet.grip.focus();
    }
    else return strip.stop();
    return true;
  };

  const showUnplaced = async (): Promise<void> => {
    card.showContent(await unplacedContent(clock, (ref) => void card.showIncident(ref)));
  };
  scene.onOpen = (ref) => void card.showIncident(ref);
  scene.onList = (refs, total) => void listContent(clock, refs, (ref) => void card.showIncident(ref), total)
    .then((content) => { card.showContent(content); });
  panel.list.element.after(emptyStates(scene, stage, panel.list, { fit, listUnplaced: () => void showUnplaced() }));
  const failure = failureLine(scene, [strip.element, keyBar.element]);
  scene.panels = () => layout.boxes();
  stage.padding = () => layout.padding();
  fitBoxes(map, stage.padding);
  scene.middle = () => {
    const { topLeft, bottomRight } = layout.padding();
    return (topLeft.x + map.getSize().x - bottomRight.x) / 2;
  };

  // Where nobody has brought words in the page's language, these are English.
  const lang = LOCALE.split("-")[0] === root.lang.split("-")[0] ? null : LOCALE;
  const skips = skipLinks(() => { showPanel(); panel.list.focus(); }, map.getContainer(), strip.element);
  const before = h("div", { class: "im-shell im-shell-start", lang }, skips, panel.element);
  const after = h(
    "main", { class: "im-shell", lang },
    searchTop, noticeLines, chips, toolBar, top, layers, measure.element, corner, creditLine, keyBar.element, keyBar.legend, strip.element, card.element, failure, mapKeys.live, method, keys,
  );
  mount(map, before, after);
  map.getContainer().parentElement?.after(followPrinting(scene, paper));
  followTheme(scene, [before, after]);
  placeStrip(panel.stripSlot, strip.element, after, map);
  placeStrip(searchTop, panel.search.element, panel.searchSlot, map);
  followSheet(scene, after, [panel.element, card.element]);
  followHeight(scene, after, keyBar.element, "--im-keys-now");
  followHeight(scene, map.getContainer().parentElement ?? after, creditLine, "--im-credits-now");
  keepClear(scene);
  coverWith(scene, () => sheet.isFull && !card.isOpen, panel.element, [skips, map.getContainer(), measure.element, keyBar.legend, layers]);
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
  addTo({ scene, stage, strip, layout, card, keyBar, measure, corner, fit, layers: options.layers ?? [] });
}

/** The first view, clear of the shell; a zoom that the page's script has already begun ends first. */
function openOn(scene: Scene, bounds: Bounds, layout: Layout): void {
  const { map } = scene;
  const fit = (): void => {
    const [[south, west], [north, east]] = bounds;
    fitClear(map, [[south, west], [north, east]], layout.padding(), { maxZoom: SINGLE_MARK_ZOOM, animate: false });
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
    line.textContent = say("failure.file", { why: scene.failure });
    line.hidden = false;
    if (scene.clock.total === 0) for (const part of useless) part.hidden = true;
  });
  return line;
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

function nameMap(scene: Scene): void {
  const { clock, map } = scene;
  scene.followClock(() => {
    map.getContainer().setAttribute(
      "aria-label", say("map.name", { n: clock.tally().visible }),
    );
  });
}
