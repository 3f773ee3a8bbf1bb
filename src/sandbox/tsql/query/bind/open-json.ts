import type { SqlType, SqlValue } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import { convert, nvarcharType, resolveTypeName, TINYINT } from '../../values/index.ts'
import type { Bound } from '../plan/bound.ts'
import type { Row } from '../run/row.ts'
import { convertTo } from './conversion.ts'
import { type JsonNode, parseJson, stepInto } from './json-text.ts'
import type { StatementContext } from './statement-context.ts'
import {
  type BoundTableFunction,
  nvarcharMax,
  type OpenJsonSchema,
} from './table-function-definition.ts'

/** OPENJSON(text [, path]): key, value and type of each member, or the columns of WITH. */
export function bindOpenJson(
  args: readonly Bound[],
  statement: StatementContext,
  schema: OpenJsonSchema,
): BoundTableFunction {
  const operands = args.map((one) => convertTo(one, nvarcharMax(statement), statement))
  if (schema.length > 0) return { operands, ...withSchema(schema, statement) }
  return {
    operands,
    columns: [
      { name: 'key', type: nvarcharType(8000, statement.collationId), nullable: false },
      { name: 'value', type: nvarcharMax(statement) },
      { name: 'type', type: TINYINT, nullable: false },
    ],
    *rows(values): Generator<Row> {
      for (const [key, value] of membersOf(rootOf(values))) yield [key, ...describe(value)]
    },
  }
}

/** What the path points at in the text; undefined when either is NULL or nothing is there. */
function rootOf([text = null, path]: readonly SqlValue[]): JsonNode | undefined {
  if (text === null || path === null) return undefined
  const root = parseJson(`${text}`)
  return path === undefined ? root : stepInto(root, `${path}`)
}

function membersOf(node: JsonNode | undefined): Iterable<[string, JsonNode]> {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node)
}

/** Value and type number: 0 null, 1 string, 2 number, 3 boolean, 4 array, 5 object. */
function describe(node: JsonNode): [string | null, number] {
  if (node === null) return [null, 0]
  if (typeof node === 'string') return [node, 1]
  if (typeof node === 'number') return [`${node}`, 2]
  if (typeof node === 'boolean') return [`${node}`, 3]
  return [JSON.stringify(node), Array.isArray(node) ? 4 : 5]
}

interface SchemaColumn {
  readonly type: SqlType
  readonly path: string
  readonly asJson: boolean
}

/** A row for each element of an array, or one for an object. */
function withSchema(
  schema: OpenJsonSchema,
  statement: StatementContext,
): Pick<BoundTableFunction, 'columns' | 'rows'> {
  const columns = schema.map(({ name, type, path, asJson }) => ({
    name,
    type: schemaType(resolveTypeName(type, statement.collationId), asJson),
    path: path ?? `$.${JSON.stringify(name)}`,
    asJson,
  }))
  return {
    columns: columns.map(({ name, type }) => ({ name, type })),
    *rows(values): Generator<Row> {
      const root = rootOf(values)
      if (root === undefined) return
      const elements = Array.isArray(root) ? root : [root]
      for (const element of elements) {
        yield columns.map((column) =>
          columnValue(stepInto(element, column.path), column, statement),
        )
      }
    },
  }
}

/** @throws SqlError 13618 */
function schemaType(type: SqlType, asJson: boolean): SqlType {
  if (!asJson || (type.name === 'nvarchar' && type.maxLength === -1)) return type
  throw new SqlError(
    13618,
    'AS JSON option can be specified only for column of nvarchar(max) type.',
  )
}

/** Objects and arrays are NULL without AS JSON, and plain values are with it. */
function columnValue(
  node: JsonNode | undefined,
  { type, asJson }: SchemaColumn,
  statement: StatementContext,
): SqlValue {
  if (node === undefined || node === null) return null
  if ((typeof node === 'object') !== asJson) return null
  const text = typeof node === 'string' ? node : JSON.stringify(node)
  return convert(text, nvarcharMax(statement), type)
}
