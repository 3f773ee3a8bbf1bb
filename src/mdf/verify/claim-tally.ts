import { describeOwner, type PageOwner } from './page-owners.ts'
import type { FindingPlace, VerifyReport } from './verify-report.ts'

const EXAMPLES = 3

/** Pages or extents of one sort: the first few by name, the others by number. */
class PageTally {
  count = 0
  readonly #examples: string[] = []

  add(fileId: number, pageNumber: number): void {
    this.count += 1
    if (this.#examples.length < EXAMPLES) this.#examples.push(`(${fileId}:${pageNumber})`)
  }

  toString(): string {
    const rest = this.count - this.#examples.length
    return `${this.#examples.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
  }
}

/** What is wrong with the pages that one IAM page claims, gathered: a bad bitmap is one problem. */
export class ClaimTally {
  readonly #owner: PageOwner
  readonly #impossible = new PageTally()
  readonly #free = new PageTally()
  readonly #shared = new Map<PageOwner, PageTally>()

  constructor(owner: PageOwner) {
    this.#owner = owner
  }

  /** Outside the database's files, or a page that can belong to no object. */
  impossible(fileId: number, pageNumber: number): void {
    this.#impossible.add(fileId, pageNumber)
  }

  /** In an extent that the GAM calls free. */
  free(fileId: number, pageNumber: number): void {
    this.#free.add(fileId, pageNumber)
  }

  shared(fileId: number, pageNumber: number, other: PageOwner): void {
    const tally = this.#shared.get(other) ?? new PageTally()
    this.#shared.set(other, tally)
    tally.add(fileId, pageNumber)
  }

  report(report: VerifyReport, place: FindingPlace): void {
    const find = (message: string, consequence: string) =>
      report.add(place, { kind: 'allocation', message, consequence })
    if (this.#impossible.count > 0) {
      find(
        `it claims pages that no object can have: ${this.#impossible}`,
        'the object may have lost the pages that were meant',
      )
    }
    if (this.#free.count > 0) {
      find(
        `it claims pages in extents that the GAM calls free: ${this.#free}`,
        'SQL Server may give them to another object, which overwrites rows',
      )
    }
    for (const [other, tally] of this.#shared) {
      const whose = other === this.#owner ? 'twice' : `that ${describeOwner(other)} claims as well`
      find(`it claims pages ${whose}: ${tally}`, 'changing one object overwrites the other')
    }
  }
}
