/** The build for the page of a review. */

import "leaflet/dist/leaflet.css";
import "./css/review.css";
import { h } from "./reading/dom";
import { spareMotion } from "./reading/motion";
import { Review, type ReviewOptions } from "./review/app";
import { openRecords } from "./review/records";

spareMotion();

async function review(records: string, options: ReviewOptions): Promise<void> {
  document.querySelector(".im-opening")?.remove();
  try {
    Object.assign(window, { incidentmap: { review: new Review(await openRecords(records), options) } });
  } catch (error) {
    document.body.append(h("p", { class: "im-review-broken", role: "alert" }, error instanceof Error ? error.message : String(error)));
  }
}

Object.assign(window, { incidentmap: { openReview: review } });
