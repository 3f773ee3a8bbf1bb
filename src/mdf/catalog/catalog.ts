import type { BootPage } from '../page/boot-page.ts'
import { MAX_LENGTH, type SqlType } from '../sql-type.ts'
import { sqlTypeOf } from '../value/system-type.ts'
import type { CatalogColumn } from './catalog-entries.ts'
import { readColumn } from './columns.ts'
import { groupBy, lazy } from './group-by.ts'
import type { StorageCatalog } from './storage-catalog.ts'
import { SYSTEM_TABLES } from './storage-rows.ts'

export class Catalog {
  readonly #storage: StorageCatalog
  readonly #columns = lazy(() =>
    groupBy(
      Array.from(this.#storage.systemRows(SYSTEM_TABLES.syscolpars), readColumn)
        .filter((c) => c.number === 0)
        .map((c) => c.column),
      (column) => column.objectId,
    ),
  )
  constructor(storage: StorageCatalog, _boot: BootPage) {
    this.#storage = storage
  }
  columns(objectId: number): readonly CatalogColumn[] {
    return this.#columns().get(objectId) ?? []
  }
}
