import type { LeafCheck } from './leaf-check.ts'
import { type Hash, hashAddress, startHash } from './multiset-digest.ts'
import { ROLES } from './row-pass.ts'
import type { RowsetTarget } from './rowset-target.ts'
import { readRowsAgain, SecondLook } from './second-look.ts'
import type { StructureTools } from './structure-tools.ts'

/** Checks that stubs and forwarded rows of a heap name each other (format reference 2.4). */
export function checkForwarding(
  target: RowsetTarget,
  tools: StructureTools,
  leaves: LeafCheck,
): void {
  const { stubs, forwarded } = leaves
  if (!leaves.hasBackPointers || stubs.difference(forwarded).length === 0) return
  const look = new SecondLook(stubs, forwarded)
  const hash: Hash = { low: 0, high: 0 }
  readRowsAgain(tools.context, target, ({ page, slot }, pass, role) => {
    if (role === ROLES.row) return
    const here = { fileId: page.fileId, pageNumber: page.pageNumber, slot }
    const stub = role === ROLES.stub ? here : pass.backPointer()
    const row = role === ROLES.stub ? pass.stubTarget() : here
    if (stub === undefined) return
    startHash(hash)
    hashAddress(hash, stub.fileId, stub.pageNumber, stub.slot)
    hashAddress(hash, row.fileId, row.pageNumber, row.slot)
    if (role === ROLES.stub) look.addLeft(hash, page.fileId, page.pageNumber, slot)
    else look.addRight(hash, page.fileId, page.pageNumber, slot)
  })
  for (const { count, slot, ...pointer } of look.elements()) {
    const page = tools.report.readPage(pointer)
    if (typeof page === 'string') continue
    tools.report.find({
      kind: 'forwarding',
      page,
      slot,
      message:
        count > 0
          ? 'it is a stub, and the row it points to does not name it'
          : 'it is a forwarded row, and the stub it names does not point to it',
      consequence: count > 0 ? 'this row is lost' : 'this row cannot be found',
    })
  }
}
