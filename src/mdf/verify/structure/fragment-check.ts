import { PlatformError } from '../../../base/index.ts'
import { iamPages } from '../../page/allocation.ts'
import { PAGE_HEADER_SIZE, PAGE_TYPES, type Page } from '../../page/page.ts'
import { RECORD_TYPES } from '../../page/record-format.ts'
import { PAGE_SIZE } from '../../page-file.ts'
import type { LargeValues } from './large-values.ts'
import type { LeafCheck } from './leaf-check.ts'
import { type Hash, hashAddress, MultisetDigest, startHash } from './multiset-digest.ts'
import { ROLES } from './row-pass.ts'
import type { RowsetTarget } from './rowset-target.ts'
import { readRowsAgain, SecondLook } from './second-look.ts'
import type { StructureTools } from './structure-tools.ts'
import { ValuePointers } from './value-pointers.ts'

/** Checks that values refer to every fragment of a rowset's large-value pages, and to none twice. */
export function checkFragments(
  target: RowsetTarget,
  tools: StructureTools,
  { leaves, largeValues }: { leaves: LeafCheck; largeValues: LargeValues },
): void {
  const { references } = largeValues
  const fragments = new MultisetDigest()
  const isWhole = readFragments(target, tools, (hash, page) => {
    fragments.add(hash)
    tools.reached.add(page.fileId, page.pageNumber)
  })
  // Without all references or all fragments, those that are left over prove nothing.
  if (!isWhole || !leaves.hasWholeValues || !leaves.isSound || leaves.hasGhosts) return
  if (references.difference(fragments).length === 0) return
  const look = new SecondLook(references, fragments)
  readFragments(target, tools, (hash, page, slot) =>
    look.addRight(hash, page.fileId, page.pageNumber, slot),
  )
  largeValues.onReference = (hash, { fileId, pageNumber, slot }) =>
    look.addLeft(hash, fileId, pageNumber, slot)
  const pointers = new ValuePointers(target.leaf)
  readRowsAgain(tools.context, target, (_place, pass, role) => {
    if (role === ROLES.stub) return
    pointers.visit(pass, (_column, { bytes, start, end }) => largeValues.walk(bytes, start, end))
  })
  largeValues.onReference = undefined
  tellDifferences(tools, look)
}

function tellDifferences({ report }: StructureTools, look: SecondLook): void {
  for (const { count, slot, ...pointer } of look.elements()) {
    const page = report.readPage(pointer)
    if (typeof page === 'string') continue
    if (count > 0) {
      report.find({
        kind: 'lob',
        page,
        slot,
        message: `${count + 1} values have this part`,
        consequence: 'changing one of the values changes the other',
      })
      continue
    }
    report.find({
      kind: 'lob',
      severity: 'warning',
      page,
      slot,
      message: 'this part of a large value belongs to no row',
      consequence: 'its space is wasted',
    })
  }
}

/** Reads all fragments of a rowset; false when some cannot be read. */
function readFragments(
  target: RowsetTarget,
  { files, report }: StructureTools,
  onFragment: (hash: Hash, page: Page, slot: number) => void,
): boolean {
  const hash: Hash = { low: 0, high: 0 }
  const { misses } = files
  try {
    for (const unit of target.largeUnits) {
      for (const pointer of iamPages(files, unit.firstIam)) {
        const page = report.readPage(pointer)
        if (typeof page === 'string') return false
        if (page.type !== PAGE_TYPES.textMix && page.type !== PAGE_TYPES.textTree) continue
        for (let slot = 0; slot < page.slotCount; slot++) {
          if (!isFragment(page, slot)) continue
          startHash(hash)
          hashAddress(hash, page.fileId, page.pageNumber, slot)
          onFragment(hash, page, slot)
        }
      }
    }
    return files.misses === misses
  } catch (error) {
    if (error instanceof PlatformError) return false
    throw error
  }
}

function isFragment(page: Page, slot: number): boolean {
  const offset = page.bytes.readUInt16LE(PAGE_SIZE - 2 - 2 * slot)
  if (offset < PAGE_HEADER_SIZE || offset >= page.recordLimit) return false
  return ((page.bytes.readUInt8(offset) >> 1) & 7) === RECORD_TYPES.blobFragment
}
