/** How long a statement may keep the event loop. */
const SLICE_MS = 8

/** The share of the event loop a statement works in; the driver renews it after every turn. */
export class TimeSlice {
  #endsAt = performance.now() + SLICE_MS

  get expired(): boolean {
    return performance.now() >= this.#endsAt
  }

  renew(): void {
    this.#endsAt = performance.now() + SLICE_MS
  }
}
