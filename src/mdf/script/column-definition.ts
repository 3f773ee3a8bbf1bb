import type { CatalogColumn, TextConstraint } from '../catalog/catalog-entries.ts'
import { collationName } from '../collation/collation.ts'
import { isKnownSystemType } from '../value/system-type.ts'
import { inlineComment, quoteName } from './quote.ts'
import type { ScriptContext } from './script-context.ts'
import { typeText } from './type-text.ts'

const SYSNAME = 256
const CLR_TYPE = 240
const SUBSTITUTE = 'varbinary(max)'

/** A column of CREATE TABLE, its DEFAULT included: `[Freight] money NULL CONSTRAINT [D] DEFAULT ((0))`. */
export function columnDefinition(
  context: ScriptContext,
  column: CatalogColumn,
  defaultConstraint: TextConstraint | undefined,
): string {
  const name = quoteName(column.name)
  if (column.isComputed) return `${name} AS ${computedExpression(context, column)}`
  noteMarks(context, column)
  const parts = [
    name,
    columnType(context, column),
    collateClause(context, column),
    column.isColumnSet ? 'COLUMN_SET FOR ALL_SPARSE_COLUMNS' : '',
    column.isSparse ? 'SPARSE' : '',
    identityClause(column),
    generatedClause(column),
    column.isRowGuid ? 'ROWGUIDCOL' : '',
    column.isNullable ? 'NULL' : 'NOT NULL',
    defaultConstraint === undefined ? '' : defaultClause(defaultConstraint),
  ]
  return parts.filter((part) => part !== '').join(' ')
}

function computedExpression(context: ScriptContext, column: CatalogColumn): string {
  const text = context.catalog.computedText(column.objectId, column.columnId) ?? ''
  if (!column.isPersisted) return inParentheses(text)
  return `${inParentheses(text)} PERSISTED${column.isNullable ? '' : ' NOT NULL'}`
}

/** SQL Server keeps expressions in parentheses; an expression without is given them. */
export function inParentheses(expression: string): string {
  return isInParentheses(expression) ? expression : `(${expression})`
}

/** Whether the first parenthesis is closed by the last character, strings and names apart. */
function isInParentheses(expression: string): boolean {
  let depth = 0
  for (const { 0: piece, index } of expression.matchAll(/'[^']*'?|\[[^\]]*\]?|"[^"]*"?|[()]/g)) {
    if (piece === '(') depth++
    else if (piece === ')') depth--
    if (depth === 0) return index > 0 && index === expression.length - 1
  }
  return false
}

/** The type of a column or parameter: an alias by its name, what cannot be made as varbinary(max). */
export function columnType(context: ScriptContext, column: CatalogColumn): string {
  if (column.userTypeId === SYSNAME) return 'sysname'
  if (column.userTypeId > SYSNAME) return userTypeName(context, column)
  if (!isKnownSystemType(column.systemTypeId)) return newerType(context, column)
  if (column.isFilestream) {
    context.note(`FILESTREAM of ${place(context, column)}: it needs a filegroup of its own`)
  }
  return column.type.name === 'xml' ? xmlType(context, column) : typeText(column.type)
}

function userTypeName(context: ScriptContext, column: CatalogColumn): string {
  const type = context.catalog.userTypes.find(({ userTypeId }) => userTypeId === column.userTypeId)
  if (type === undefined) return typeText(column.type)
  const name = context.qualified(type)
  if (type.systemTypeId !== CLR_TYPE) return name
  context.note(`the type ${name} of ${place(context, column)}: it is of an assembly`)
  return `${SUBSTITUTE} ${inlineComment(name)}`
}

/** Types that this reader has no values of, such as json, still have a name in the catalog. */
function newerType(context: ScriptContext, column: CatalogColumn): string {
  const type = context.catalog.userTypes.find(({ userTypeId }) => userTypeId === column.userTypeId)
  if (type?.name === 'json') return type.name
  const dimensions =
    type?.name === 'vector'
      ? context.details.vectorDimensions(column.objectId, column.columnId)
      : undefined
  if (dimensions !== undefined) return `vector(${dimensions})`
  const name = type?.name ?? `number ${column.systemTypeId}`
  context.note(`the type ${name} of ${place(context, column)}, written as ${SUBSTITUTE}`)
  return `${SUBSTITUTE} ${inlineComment(name)}`
}

function xmlType(context: ScriptContext, column: CatalogColumn): string {
  const collection = context.details.xmlCollections.find(
    ({ xmlCollectionId }) => xmlCollectionId === column.xmlCollectionId,
  )
  if (collection === undefined) return 'xml'
  const content = column.isXmlDocument ? 'DOCUMENT' : 'CONTENT'
  return `xml ${inlineComment(`(${content} ${context.qualified(collection)})`)}`
}

/** Alias types bring their collation along and take no other. */
function collateClause({ bootPage }: ScriptContext, column: CatalogColumn): string {
  const { collationId } = column.type
  const isDefault = collationId === 0 || collationId >>> 0 === bootPage.collationId >>> 0
  if (isDefault || column.userTypeId >= SYSNAME) return ''
  const name = collationName(collationId)
  return name === undefined
    ? inlineComment(`collation 0x${collationId.toString(16)}`)
    : `COLLATE ${name}`
}

function identityClause({ identity, isIdentityNotForReplication }: CatalogColumn): string {
  if (identity === undefined) return ''
  const clause = `IDENTITY(${identity.seed}, ${identity.increment})`
  return isIdentityNotForReplication ? `${clause} NOT FOR REPLICATION` : clause
}

function generatedClause({ generatedAlways, isHidden }: CatalogColumn): string {
  if (generatedAlways === undefined) return ''
  return `GENERATED ALWAYS AS ${generatedAlways}${isHidden ? ' HIDDEN' : ''}`
}

function defaultClause({ name, text, isSystemNamed }: TextConstraint): string {
  const constraint = isSystemNamed ? '' : `CONSTRAINT ${quoteName(name)} `
  return `${constraint}DEFAULT ${inParentheses(text)}`
}

function noteMarks(context: ScriptContext, column: CatalogColumn): void {
  for (const mark of context.details.columnMarks(column.objectId, column.columnId)) {
    context.note(`${place(context, column)} is ${mark}, and the script makes it a plain column`)
  }
}

function place(context: ScriptContext, { objectId, name }: CatalogColumn): string {
  return `${context.objectName(objectId)}.${quoteName(name)}`
}
