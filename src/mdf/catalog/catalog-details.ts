import type { SystemRow } from '../table/system-row.ts'
import type { CatalogObject, ModuleText, UserType } from './catalog-entries.ts'
import {
  type ColumnMark,
  columnMarkOf,
  isObjectName,
  isUserId,
  isVectorDimensions,
  type OtherEntity,
  readBrokerEntity,
  readNumberedProcedure,
  readPasswordHolder,
  readXmlCollection,
  type XmlCollection,
} from './detail-rows.ts'
import { groupBy, lazy } from './group-by.ts'
import { type ObjectValue, readObjectValue } from './object-values.ts'
import { type ClassObject, readClassObject } from './objects.ts'
import {
  PARTITION_FUNCTION_CLASS,
  type PartitionFunction,
  type PartitionScheme,
  partitionFunctionsOf,
  partitionSchemesOf,
  readFunctionParameter,
} from './partitioning.ts'
import { type Permission, readPermission } from './permissions.ts'
import { REFERENCE_CLASSES, type Reference, readReference } from './references.ts'
import type { StorageCatalog } from './storage-catalog.ts'
import { SYSTEM_TABLES } from './storage-rows.ts'

/** A class of sysclsobjs. */
const ASSEMBLY_CLASS = 10
/** System type ids of types that are no alias of another. */
const CLR_TYPE = 240
const TABLE_TYPE = 243

/** A type of CREATE TYPE … AS TABLE. */
export interface TableType {
  readonly userType: UserType
  /** The object whose columns, indexes and constraints are the type's. */
  readonly objectId: number
}

interface CatalogFace {
  readonly objects: readonly CatalogObject[]
  objectById(objectId: number): CatalogObject | undefined
  readonly userTypes: readonly UserType[]
  moduleText(objectId: number): ModuleText | undefined
}

/**
 * What a script of the schema needs and a query seldom asks for. Each part is read when it is first
 * asked for; every member may raise FILE_DAMAGED then.
 */
export class CatalogDetails {
  readonly #storage: StorageCatalog
  readonly #catalog: CatalogFace
  readonly #permissions = lazy(() => this.#rows(SYSTEM_TABLES.sysprivs, readPermission))
  readonly #entities = lazy(() => this.#rows(SYSTEM_TABLES.sysclsobjs, readClassObject))
  readonly #references = lazy(() => this.#rows(SYSTEM_TABLES.syssingleobjrefs, readReference))
  readonly #uses = lazy(() =>
    groupBy(
      this.#rows(SYSTEM_TABLES.sysmultiobjrefs, readReference).filter(
        (reference) =>
          reference.class === REFERENCE_CLASSES.usedByText ||
          reference.class === REFERENCE_CLASSES.boundByText,
      ),
      ({ dependentId }) => dependentId,
    ),
  )
  readonly #owners = lazy(
    () =>
      new Map(
        this.#references()
          .filter(isOwnership)
          .map((reference) => [
            ownerKey(reference.class, reference.dependentId),
            reference.independentId,
          ]),
      ),
  )
  readonly #historyTables = lazy(() => {
    const isTable = (id: number) => this.#catalog.objectById(id)?.type === 'U'
    return new Map(
      this.#references()
        .filter(({ dependentId, independentId }) => isTable(dependentId) && isTable(independentId))
        .map(({ dependentId, independentId }) => [dependentId, independentId]),
    )
  })
  readonly #tableTypes = lazy(() => this.#readTableTypes())
  readonly #xmlCollections = lazy(() =>
    this.#rows(SYSTEM_TABLES.sysnsobjs, readXmlCollection).filter(
      (collection) => collection !== undefined,
    ),
  )
  readonly #partitionSchemes = lazy(() => partitionSchemesOf(this.#entities(), this.#references()))
  readonly #synonymTargets = lazy(() => this.#readSynonymTargets())
  readonly #numberedProcedures = lazy(() => {
    const followers = this.#rows(SYSTEM_TABLES.sysobjvalues, readNumberedProcedure)
    return new Set(followers.filter((objectId) => objectId !== undefined))
  })
  readonly #columnMarks = lazy(() => this.#readColumnMarks())
  readonly #partitionFunctions = lazy(() =>
    partitionFunctionsOf(
      this.#entities(),
      this.#rows(SYSTEM_TABLES.systypedsubobjs, readFunctionParameter),
      this.#valuesOf(this.#entities().filter(isPartitionFunction)),
    ),
  )
  readonly #passwordHolders = lazy(
    () =>
      new Set(
        this.#rows(SYSTEM_TABLES.sysowners, readPasswordHolder).filter((id) => id !== undefined),
      ),
  )

  /** Made by `Catalog`. */
  constructor(storage: StorageCatalog, catalog: CatalogFace) {
    this.#storage = storage
    this.#catalog = catalog
  }

  /** Permissions on what the database holds; those on the server's own objects are left out. */
  get permissions(): readonly Permission[] {
    return this.#permissions().filter(({ majorId }) => majorId >= 0)
  }

  /** The principal that owns a role, undefined when the catalog names none. */
  roleOwner(principalId: number): number | undefined {
    return this.#owners().get(ownerKey(REFERENCE_CLASSES.roleOwner, principalId))
  }

  /** Whether a password's hash is in the database: contained users and application roles. */
  hasPassword(principalId: number): boolean {
    return this.#passwordHolders().has(principalId)
  }

  /** The principal that owns an object when that is not its schema's owner. */
  objectOwner(objectId: number): number | undefined {
    return this.#owners().get(ownerKey(REFERENCE_CLASSES.objectOwner, objectId))
  }

  /** Ids of the objects that SQL Server found in the text of a module, check, default or column. */
  uses(objectId: number): readonly number[] {
    const ids = (this.#uses().get(objectId) ?? []).map(({ independentId }) => independentId)
    return [...new Set(ids)].filter((id) => id !== objectId)
  }

  /** What a synonym stands for, such as `[Sales].[dbo].[Orders]`; undefined when it was not found. */
  synonymTarget(objectId: number): string | undefined {
    return this.#synonymTargets().get(objectId)
  }

  get tableTypes(): readonly TableType[] {
    return this.#tableTypes()
  }

  /** Types of assemblies: CREATE TYPE … EXTERNAL NAME. hierarchyid and its kin are not among them. */
  get clrTypes(): readonly UserType[] {
    return this.#catalog.userTypes.filter(
      ({ systemTypeId, userTypeId }) => systemTypeId === CLR_TYPE && userTypeId > 256,
    )
  }

  /** Names of the database's own assemblies. */
  get assemblies(): readonly string[] {
    return this.#entities()
      .filter((entity) => entity.class === ASSEMBLY_CLASS && isUserId(entity.id))
      .map(({ name }) => name)
  }

  /** Ids of the tables and views with a full-text index. */
  get fullTextIndexed(): readonly number[] {
    return this.#rows(SYSTEM_TABLES.sysftinds, (row) => row.int32(4))
  }

  /** Entities of Service Broker, certificates and asymmetric keys. */
  get otherEntities(): readonly OtherEntity[] {
    const named = (kind: string) => (row: SystemRow) => ({ kind, name: row.text(0) })
    return [
      ...this.#rows(SYSTEM_TABLES.sysbinobjs, readBrokerEntity).filter(
        (entity) => entity !== undefined,
      ),
      ...this.#rows(SYSTEM_TABLES.syscerts, named('certificate')),
      ...this.#rows(SYSTEM_TABLES.sysasymkeys, named('asymmetric key')),
    ]
  }

  get xmlCollections(): readonly XmlCollection[] {
    return this.#xmlCollections()
  }

  /** Object ids of procedures that others follow under the same name: `CREATE PROCEDURE p;2`. */
  get numberedProcedures(): ReadonlySet<number> {
    return this.#numberedProcedures()
  }

  get partitionFunctions(): readonly PartitionFunction[] {
    return this.#partitionFunctions()
  }

  get partitionSchemes(): readonly PartitionScheme[] {
    return this.#partitionSchemes()
  }

  /** What a column has beside its declaration. */
  columnMarks(objectId: number, columnId: number): readonly ColumnMark[] {
    return this.#columnMarks().get(`${objectId}:${columnId}`) ?? []
  }

  /** How many numbers the vectors of a column have; undefined for a column of another type. */
  vectorDimensions(objectId: number, columnId: number): number | undefined {
    const own = this.#valuesOf([{ id: objectId }])
    const row = own.find((value) => isVectorDimensions(value) && value.subId === columnId)
    const dimensions = row?.value()?.value
    return typeof dimensions === 'number' ? dimensions : undefined
  }

  /**
   * The table that keeps the old rows of a temporal table. It is the only user table that another one
   * refers to outside of foreign keys.
   */
  historyTable(objectId: number): number | undefined {
    return this.#historyTables().get(objectId)
  }

  #readTableTypes(): TableType[] {
    const types = new Map(this.#catalog.userTypes.map((type) => [type.userTypeId, type]))
    const tableTypes = new Map<number, TableType>()
    for (const { dependentId, independentId } of this.#references()) {
      const userType = types.get(dependentId)
      if (userType?.systemTypeId !== TABLE_TYPE) continue
      if (this.#catalog.objectById(independentId)?.type !== 'TT') continue
      tableTypes.set(dependentId, { userType, objectId: independentId })
    }
    return [...tableTypes.values()]
  }

  /** Kept as a module's text is, or as a sql_variant: which of them is not published. */
  #readSynonymTargets(): Map<number, string> {
    const synonyms = this.#catalog.objects.filter(({ type }) => type === 'SN')
    const values = this.#valuesOf(synonyms.map(({ objectId }) => ({ id: objectId })))
    const targets = new Map<number, string>()
    for (const { objectId } of synonyms) {
      const texts = [
        this.#catalog.moduleText(objectId)?.text,
        ...values.filter((row) => row.objectId === objectId).map((row) => row.value()?.value),
      ]
      const target = texts.find((text) => typeof text === 'string' && isObjectName(text))
      if (typeof target === 'string') targets.set(objectId, target)
    }
    return targets
  }

  #readColumnMarks(): Map<string, ColumnMark[]> {
    const marks = new Map<string, ColumnMark[]>()
    for (const row of this.#storage.systemRows(SYSTEM_TABLES.sysobjvalues)) {
      const mark = columnMarkOf(row.uint8(4))
      if (mark === undefined || row.int32(13) !== 0) continue
      const key = `${row.int32(5)}:${row.int32(9)}`
      marks.set(key, [...(marks.get(key) ?? []), mark])
    }
    return marks
  }

  #valuesOf(entities: readonly { readonly id: number }[]): ObjectValue[] {
    const objectIds = new Set(entities.map(({ id }) => id))
    const values: ObjectValue[] = []
    if (objectIds.size === 0) return values
    for (const row of this.#storage.systemRows(SYSTEM_TABLES.sysobjvalues)) {
      if (objectIds.has(row.int32(5))) values.push(readObjectValue(row))
    }
    return values
  }

  #rows<Entry>(tableId: number, read: (row: SystemRow) => Entry): Entry[] {
    return Array.from(this.#storage.systemRows(tableId), read)
  }
}

function isPartitionFunction(entity: ClassObject): boolean {
  return entity.class === PARTITION_FUNCTION_CLASS
}

function isOwnership(reference: Reference): boolean {
  const { roleOwner, objectOwner } = REFERENCE_CLASSES
  return reference.class === roleOwner || reference.class === objectOwner
}

function ownerKey(ownership: number, dependentId: number): string {
  return `${ownership}:${dependentId}`
}
