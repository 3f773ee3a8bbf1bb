import { createHash } from 'node:crypto'
import { collationIdByName } from '../../collation/collation.ts'
import {
  builtInPrincipals,
  builtInSchemas,
  FIRST_ALIAS_TYPE,
  FIRST_USER_PRINCIPAL,
  FIRST_USER_SCHEMA,
  PRIMARY_FILEGROUP,
  PRIMARY_FILEGROUP_NAME,
} from '../catalog/initial-rows.ts'
import { type DeclaredType, parseType } from '../catalog/parse-type.ts'
import type { WrittenUnit } from '../rowset-definition.ts'
import type { DatabaseDefinition } from './definition.ts'
import { invalidDefinition } from './invalid-definition.ts'

const DEFAULT_COLLATION = 'SQL_Latin1_General_CP1_CI_AS'
/** The first table that is made in a new database of SQL Server 2019 has this id; later ones follow. */
const FIRST_OBJECT_ID = 581_577_110
const OBJECT_ID_STEP = 16_000_057
const OBJECT_ID_LIMIT = 2_147_483_647
/** Smaller ids are the server's. */
const LEAST_OBJECT_ID = 65_536
/** Rowsets and allocation units of user tables have ids from here, in steps. */
const FIRST_STORAGE_ID = 1n << 56n
const STORAGE_ID_STEP = 65_536n
const NAME_LENGTH = 128

/** Gives out ids, and knows what the names in a definition stand for. */
export class DatabaseNames {
  readonly collationId: number
  readonly schemas = builtInSchemas()
  readonly principals = builtInPrincipals()
  readonly filegroups = new Map([[PRIMARY_FILEGROUP_NAME, PRIMARY_FILEGROUP]])
  readonly aliasTypes = new Map<string, DeclaredType & { readonly isNullable: boolean }>()
  readonly #objects = new Set<string>()
  readonly #seed: string
  #objectId = FIRST_OBJECT_ID - OBJECT_ID_STEP
  #rowsets = 0n
  #units = 0n

  constructor(definition: DatabaseDefinition) {
    const { collation = DEFAULT_COLLATION, name } = definition
    assertName(name, 'the database')
    this.#seed = definition.seed ?? name
    this.collationId = this.collation(collation, `database ${name}`)
    for (const { filegroup } of definition.files) this.#addFilegroup(filegroup)
    for (const { name: schema } of definition.schemas ?? []) {
      this.#add(this.schemas, schema, 'schema', FIRST_USER_SCHEMA)
    }
    for (const principal of definition.principals ?? []) {
      this.#add(this.principals, principal.name, principal.type, FIRST_USER_PRINCIPAL)
    }
    this.#addAliasTypes(definition)
  }

  nextObjectId(): number {
    do this.#objectId = (this.#objectId + OBJECT_ID_STEP) % OBJECT_ID_LIMIT
    while (this.#objectId < LEAST_OBJECT_ID)
    return this.#objectId
  }

  nextRowsetId(): bigint {
    this.#rowsets += 1n
    return FIRST_STORAGE_ID + (this.#rowsets - 1n) * STORAGE_ID_STEP
  }

  nextUnitId(_type: WrittenUnit['type']): bigint {
    this.#units += 1n
    return FIRST_STORAGE_ID + (this.#units - 1n) * STORAGE_ID_STEP
  }

  /** What the boot page keeps: the id of the next allocation unit without its low half. */
  get nextUnitNumber(): bigint {
    return (FIRST_STORAGE_ID >> 16n) + this.#units
  }

  /** A GUID that is the same for the same seed and purpose. */
  guid(purpose: string): string {
    const hex = createHash('sha256').update(`${this.#seed}\0${purpose}`).digest('hex').toUpperCase()
    const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`]
    return [...parts, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
  }

  /** Hexadecimal digits for a name that SQL Server would make up. */
  digits(purpose: string, length: number): string {
    return createHash('sha256').update(purpose).digest('hex').toUpperCase().slice(0, length)
  }

  /** @throws PlatformError INVALID_ARGUMENT when another object of the schema has the name */
  claim(schema: string, name: string, where: string): void {
    assertName(name, where)
    const key = `${schema}.${name}`.toLowerCase()
    if (this.#objects.has(key)) throw invalidDefinition(where, `the name ${name} is there twice`)
    this.#objects.add(key)
  }

  collation(name: string, where: string): number {
    const id = collationIdByName(name)
    if (id === undefined) throw invalidDefinition(where, `there is no collation ${name}`)
    return id
  }

  schema(name: string | undefined, where: string): number {
    return idOf(this.schemas, name ?? 'dbo', 'schema', where)
  }

  principal(name: string, where: string): number {
    return idOf(this.principals, name, 'user or role', where)
  }

  filegroup(name: string | undefined, where: string): number {
    return idOf(this.filegroups, name ?? PRIMARY_FILEGROUP_NAME, 'filegroup', where)
  }

  /** A system type as T-SQL writes it, or an alias type by its name. */
  type(text: string, collation: string | undefined, where: string): DeclaredType {
    const alias = this.aliasTypes.get(aliasKey(text))
    if (alias !== undefined) return alias
    const collationId =
      collation === undefined ? this.collationId : this.collation(collation, where)
    try {
      return parseType(text, collationId)
    } catch (error) {
      throw invalidDefinition(where, error instanceof Error ? error.message : String(error))
    }
  }

  #addFilegroup(name: string | undefined): void {
    const isKnown = [...this.filegroups.keys()].some((known) => known === name)
    if (name === undefined || isKnown) return
    this.#add(this.filegroups, name, 'filegroup', PRIMARY_FILEGROUP + 1)
  }

  #addAliasTypes({ aliasTypes = [] }: DatabaseDefinition): void {
    aliasTypes.forEach(({ schema, name, type, isNullable = true }, index) => {
      const where = `type ${name}`
      this.schema(schema, where)
      const declared = this.type(type, undefined, where)
      const alias = { ...declared, userTypeId: FIRST_ALIAS_TYPE + index, isNullable }
      this.aliasTypes.set(aliasKey(`${schema ?? 'dbo'}.${name}`), alias)
    })
  }

  #add(map: Map<string, number>, name: string, what: string, firstId: number): void {
    assertName(name, what)
    const isKnown = [...map.keys()].some((known) => known.toLowerCase() === name.toLowerCase())
    if (isKnown) throw invalidDefinition(`${what} ${name}`, 'is there twice')
    const own = [...map.values()].filter((id) => id >= firstId && id < LEAST_FIXED_ROLE)
    map.set(name, Math.max(firstId - 1, ...own) + 1)
  }
}

const LEAST_FIXED_ROLE = 16_384

function idOf(map: ReadonlyMap<string, number>, name: string, what: string, where: string): number {
  const wanted = name.toLowerCase()
  for (const [known, id] of map) if (known.toLowerCase() === wanted) return id
  throw invalidDefinition(where, `there is no ${what} ${name}`)
}

function aliasKey(name: string): string {
  const bare = name.replace(/[[\]]/g, '').toLowerCase()
  return bare.includes('.') ? bare : `dbo.${bare}`
}

function assertName(name: string, where: string): void {
  if (name.length === 0 || name.length > NAME_LENGTH) {
    throw invalidDefinition(where, `a name has 1 to ${NAME_LENGTH} characters`)
  }
}
