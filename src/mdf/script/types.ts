import type { CatalogColumn, TextConstraint, UserType } from '../catalog/catalog-entries.ts'
import { collationName } from '../collation/collation.ts'
import { inParentheses } from './column-definition.ts'
import { quoteName, quoteString } from './quote.ts'
import type { ScriptContext } from './script-context.ts'
import { tableElements } from './tables.ts'
import { typeText } from './type-text.ts'

const LAST_SYSTEM_TYPE_ID = 256
const CLR_TYPE = 240
const TABLE_TYPE = 243

/** CREATE TYPE … FROM for alias types. */
export function* aliasTypes(context: ScriptContext): Generator<string> {
  for (const type of context.catalog.userTypes) {
    if (type.userTypeId <= LAST_SYSTEM_TYPE_ID || type.systemTypeId === TABLE_TYPE) continue
    if (type.systemTypeId === CLR_TYPE) {
      context.note(`the type ${context.qualified(type)}: it is of an assembly`)
      continue
    }
    const { collationId } = type.type
    if (collationId !== 0 && collationId >>> 0 !== context.bootPage.collationId >>> 0) {
      const collation = collationName(collationId) ?? `0x${collationId.toString(16)}`
      context.note(`the collation ${collation} of the type ${context.qualified(type)}`)
    }
    const nullability = type.isNullable ? 'NULL' : 'NOT NULL'
    yield `CREATE TYPE ${context.qualified(type)} FROM ${typeText(type.type)} ${nullability}`
  }
}

/** CREATE TYPE … AS TABLE; the constraints of such a type have no names of their own. */
export function* tableTypes(context: ScriptContext): Generator<string> {
  for (const { userType, objectId } of context.details.tableTypes) {
    const checks = context
      .checksOf(objectId)
      .map(({ text }: TextConstraint) => `,\n  CHECK ${inParentheses(text)}`)
    const elements = tableElements(context, objectId, false)
    yield `CREATE TYPE ${context.qualified(userType)} AS TABLE (\n${elements}${checks.join('')}\n)`
  }
}

/** sp_bindefault and sp_bindrule for the types that a default or rule of its own kind is bound to. */
export function* boundToTypes(context: ScriptContext): Generator<string> {
  for (const type of context.catalog.userTypes) {
    if (type.userTypeId > LAST_SYSTEM_TYPE_ID) yield* bind(context, type, context.qualified(type))
  }
}

/** The same for a table's columns, apart from what they have by their types. */
export function* boundToColumns(context: ScriptContext, objectId: number): Generator<string> {
  for (const column of context.catalog.columns(objectId)) {
    const type = context.catalog.userTypes.find((found) => isOwnType(found, column))
    const own = {
      defaultObjectId: differing(column.defaultObjectId, type?.defaultObjectId),
      ruleObjectId: differing(column.ruleObjectId, type?.ruleObjectId),
    }
    yield* bind(context, own, `${context.objectName(objectId)}.${quoteName(column.name)}`)
  }
}

function isOwnType({ userTypeId }: UserType, column: CatalogColumn): boolean {
  return userTypeId > LAST_SYSTEM_TYPE_ID && userTypeId === column.userTypeId
}

function differing(id: number, ofType: number | undefined): number {
  return id === ofType ? 0 : id
}

/** DEFAULT constraints, which have a parent, are no such objects. */
function* bind(
  context: ScriptContext,
  bound: { readonly defaultObjectId: number; readonly ruleObjectId: number },
  target: string,
): Generator<string> {
  const { catalog } = context
  const standard = catalog.objectById(bound.defaultObjectId)
  if (standard?.type === 'D' && standard.parentObjectId === 0) {
    yield `EXEC sys.sp_bindefault ${quoteString(context.qualified(standard))}, ${quoteString(target)}`
  }
  const rule = catalog.objectById(bound.ruleObjectId)
  if (rule?.type === 'R') {
    yield `EXEC sys.sp_bindrule ${quoteString(context.qualified(rule))}, ${quoteString(target)}`
  }
}
