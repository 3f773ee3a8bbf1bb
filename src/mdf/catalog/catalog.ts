import { collationCodePage } from '../collation/collation.ts'
import type { BootPage } from '../page/boot-page.ts'
import type { SystemRow } from '../table/system-row.ts'
import type {
  CatalogColumn,
  CatalogIndex,
  CatalogObject,
  CatalogStatistics,
  DatabaseFile,
  ExtendedProperty,
  Filegroup,
  ForeignKey,
  ModuleText,
  Principal,
  RoleMember,
  Schema,
  TableAllocation,
  TextConstraint,
  UserType,
} from './catalog-entries.ts'
import { readColumn } from './columns.ts'
import { foreignKeysOf, textConstraintsOf } from './constraints.ts'
import {
  readDatabaseFile,
  readDatabaseFile2005,
  readExtendedProperty,
  readPrincipal,
} from './database-files.ts'
import { groupBy, lazy } from './group-by.ts'
import { readIndexes } from './indexes.ts'
import { ModuleTexts } from './module-texts.ts'
import { filegroupsOf, readClassObject, readObject, readUserType, schemasOf } from './objects.ts'
import { REFERENCE_CLASSES, readReference } from './references.ts'
import type { StorageCatalog } from './storage-catalog.ts'
import {
  ALLOCATION_UNIT_TYPES,
  type AllocationUnit,
  FIRST_VERSION_AFTER_2005,
  type Rowset,
  SYSTEM_TABLES,
} from './storage-rows.ts'

/**
 * What a database says of its tables, views, procedures and so on. Each system table is read once,
 * when something of it is first asked for; every member may raise FILE_DAMAGED then. System objects
 * with negative ids, which SQL Server 2012 and later list in every database, are left out.
 */
export class Catalog {
  readonly #storage: StorageCatalog
  readonly #boot: BootPage
  readonly #objectRows = lazy(() =>
    // Negative ids are the server's own objects.
    this.#rows(SYSTEM_TABLES.sysschobjs, readObject).filter(({ object }) => object.objectId > 0),
  )
  readonly #objects = lazy(() => this.#objectRows().map(({ object }) => object))
  readonly #objectsById = lazy(
    () => new Map(this.#objects().map((object) => [object.objectId, object])),
  )
  readonly #entities = lazy(() => this.#rows(SYSTEM_TABLES.sysclsobjs, readClassObject))
  readonly #references = lazy(() => this.#rows(SYSTEM_TABLES.syssingleobjrefs, readReference))
  readonly #schemas = lazy(() => schemasOf(this.#entities(), this.#references()))
  readonly #columnRows = lazy(() => this.#rows(SYSTEM_TABLES.syscolpars, readColumn))
  readonly #columns = lazy(() => this.#columnsByObject('columns'))
  readonly #parameters = lazy(() => this.#columnsByObject('parameters'))
  readonly #userTypes = lazy(() => this.#rows(SYSTEM_TABLES.sysscalartypes, readUserType))
  readonly #indexes = lazy(() =>
    readIndexes(
      this.#storage.systemRows(SYSTEM_TABLES.sysidxstats),
      this.#storage.systemRows(SYSTEM_TABLES.sysiscols),
    ),
  )
  readonly #foreignKeys = lazy(() => foreignKeysOf(this.#objectRows(), this.#references()))
  readonly #checks = lazy(() => this.#textConstraints('C'))
  readonly #defaults = lazy(() => this.#textConstraints('D'))
  readonly #texts = lazy(
    () =>
      new ModuleTexts(
        this.#storage.systemRows(SYSTEM_TABLES.sysobjvalues),
        collationCodePage(this.#boot.collationId),
      ),
  )
  readonly #principals = lazy(() => this.#rows(SYSTEM_TABLES.sysowners, readPrincipal))
  readonly #roleMembers = lazy(() =>
    this.#rows(SYSTEM_TABLES.sysmultiobjrefs, readReference)
      .filter((reference) => reference.class === REFERENCE_CLASSES.roleMember)
      .map(({ dependentId, independentId }) => ({
        rolePrincipalId: independentId,
        memberPrincipalId: dependentId,
      })),
  )
  readonly #filegroups = lazy(() => filegroupsOf(this.#entities()))
  readonly #files = lazy(() =>
    this.#boot.internalVersion < FIRST_VERSION_AFTER_2005
      ? this.#rows(SYSTEM_TABLES.sysdbfiles, readDatabaseFile2005)
      : this.#rows(SYSTEM_TABLES.sysprufiles, readDatabaseFile),
  )
  readonly #properties = lazy(() => this.#rows(SYSTEM_TABLES.sysxprops, readExtendedProperty))

  /** Made by `DatabaseReader.open`. */
  constructor(storage: StorageCatalog, boot: BootPage) {
    this.#storage = storage
    this.#boot = boot
  }

  get schemas(): readonly Schema[] {
    return this.#schemas()
  }

  /** Every object with a positive id: user objects, and the system base tables (type S). */
  get objects(): readonly CatalogObject[] {
    return this.#objects()
  }

  objectById(objectId: number): CatalogObject | undefined {
    return this.#objectsById().get(objectId)
  }

  /** Columns of a table, view or table function, by column id; none for anything else. */
  columns(objectId: number): readonly CatalogColumn[] {
    return this.#columns().get(objectId) ?? []
  }

  /** Parameters of a procedure or function, by position. */
  parameters(objectId: number): readonly CatalogColumn[] {
    return this.#parameters().get(objectId) ?? []
  }

  /** System types and alias types. */
  get userTypes(): readonly UserType[] {
    return this.#userTypes()
  }

  /** The heap (index id 0) or clustered index (1) of a table, then its other indexes. */
  indexes(objectId: number): readonly CatalogIndex[] {
    return this.#indexes().get(objectId)?.indexes ?? []
  }

  /** Statistics of a table that belong to no index. */
  statistics(objectId: number): readonly CatalogStatistics[] {
    return this.#indexes().get(objectId)?.statistics ?? []
  }

  get foreignKeys(): readonly ForeignKey[] {
    return this.#foreignKeys()
  }

  get checkConstraints(): readonly TextConstraint[] {
    return this.#checks()
  }

  get defaultConstraints(): readonly TextConstraint[] {
    return this.#defaults()
  }

  /** Definition of a view, procedure, function, trigger, check or default; undefined without one. */
  moduleText(objectId: number): ModuleText | undefined {
    return this.#texts().moduleText(objectId)
  }

  /** Expression of a computed column, such as `([Price]*[Quantity])`. */
  computedText(objectId: number, columnId: number): string | undefined {
    return this.#texts().computedText(objectId, columnId)
  }

  /** Expression of a filtered index, such as `([IsOpen]=(1))`. */
  filterText(objectId: number, indexId: number): string | undefined {
    return this.#texts().filterText(objectId, indexId)
  }

  /** Users and roles. */
  get principals(): readonly Principal[] {
    return this.#principals()
  }

  get roleMembers(): readonly RoleMember[] {
    return this.#roleMembers()
  }

  get filegroups(): readonly Filegroup[] {
    return this.#filegroups()
  }

  /** The files as the database lists them, with the paths they last had. */
  get files(): readonly DatabaseFile[] {
    return this.#files()
  }

  get extendedProperties(): readonly ExtendedProperty[] {
    return this.#properties()
  }

  /** Rows of a table as the catalog counts them, over all partitions; may be slightly wrong. */
  rowCount(objectId: number): number {
    return this.#storage
      .dataRowsetsOf(objectId)
      .reduce((sum, { rowCount }) => sum + Math.max(0, rowCount), 0)
  }

  /** Partitions of the heap and of every index of a table. */
  partitions(objectId: number): readonly Rowset[] {
    return this.#storage.rowsetsOf(objectId)
  }

  /** Allocation units of a partition. */
  allocationUnits(rowsetId: bigint): readonly AllocationUnit[] {
    return this.#storage.unitsOf(rowsetId)
  }

  /** Pages of a table with its indexes and large values. */
  allocation(objectId: number): TableAllocation {
    const total = { reservedPages: 0, usedPages: 0, dataPages: 0, indexPages: 0 }
    for (const { rowsetId, indexId } of this.#storage.rowsetsOf(objectId)) {
      for (const unit of this.#storage.unitsOf(rowsetId)) {
        total.reservedPages += unit.reservedPages
        total.usedPages += unit.usedPages
        if (indexId > 1) total.indexPages += unit.usedPages
        else if (unit.type === ALLOCATION_UNIT_TYPES.inRow) total.dataPages += unit.dataPages
      }
    }
    return total
  }

  #rows<Entry>(tableId: number, read: (row: SystemRow) => Entry): Entry[] {
    return Array.from(this.#storage.systemRows(tableId), read)
  }

  #columnsByObject(kind: 'columns' | 'parameters'): Map<number, CatalogColumn[]> {
    const columns = this.#columnRows()
      .filter(({ number }) => (number === 0) === (kind === 'columns'))
      .map(({ column }) => column)
    return groupBy(columns, ({ objectId }) => objectId)
  }

  #textConstraints(type: 'C' | 'D'): TextConstraint[] {
    const textOf = (objectId: number) => this.moduleText(objectId)?.text ?? ''
    return textConstraintsOf(this.#objectRows(), type, textOf)
  }
}
