import type { ForClause, QueryExpression } from '../../syntax/index.ts'
import { ntextTypeOf, nvarcharType, XML } from '../../values/index.ts'
import { jsonWriter } from '../document/json-writer.ts'
import { xmlWriter } from '../document/xml-writer.ts'
import type { Column } from '../plan/column.ts'
import type { DocumentPlan } from '../plan/plan.ts'
import type { BoundQuery, QueryOptions } from './bind-query.ts'
import type { Environment } from './environment.ts'
import { notSupported } from './statement-context.ts'

/** The names SQL Server gives the only column of such a result. */
const XML_COLUMN = 'XML_F52E2B61-18A1-11d1-B105-00805F49916B'
const JSON_COLUMN = 'JSON_F52E2B61-18A1-11d1-B105-00805F49916B'

/** FOR XML and FOR JSON. FOR BROWSE changes nothing that is read. */
export function bindDocument(
  query: QueryExpression,
  bound: BoundQuery,
  environment: Environment,
  position: QueryOptions['position'],
): BoundQuery {
  const clause = query.for
  if (clause === undefined || clause.kind === 'browse') return bound
  const { columns: source, plan: input } = bound
  const write = writerFor(clause, source, query.line)
  const column = documentColumn(clause, environment, position)
  return { plan: { kind: 'document', input, source, column, write }, columns: [column] }
}

function documentColumn(
  clause: Exclude<ForClause, { kind: 'browse' }>,
  { statement }: Environment,
  position: QueryOptions['position'],
): Column {
  const text = nvarcharType(-1, statement.collationId)
  if (clause.kind === 'json') {
    return statement.columns.create({ name: JSON_COLUMN, type: text, markup: 'json' })
  }
  if (clause.type) return statement.columns.create({ name: '', type: XML, markup: 'xml' })
  const type = position === 'statement' ? ntextTypeOf(statement.collationId) : text
  return statement.columns.create({ name: XML_COLUMN, type })
}

function writerFor(
  clause: Exclude<ForClause, { kind: 'browse' }>,
  columns: readonly Column[],
  line: number,
): DocumentPlan['write'] {
  if (clause.kind === 'json') {
    if (clause.mode === 'auto') requireOneTable(columns, 'FOR JSON AUTO', line)
    return jsonWriter(columns, clause)
  }
  const { xsinil } = clause
  const common = { xsinil, ...(clause.root === undefined ? {} : { root: clause.root }) }
  const shape = clause.elements || xsinil ? 'elements' : 'attributes'
  switch (clause.mode) {
    case 'path':
      return xmlWriter(columns, { ...common, element: clause.element ?? 'row', shape: 'paths' })
    case 'raw':
      return xmlWriter(columns, { ...common, element: clause.element ?? 'row', shape })
    case 'auto':
      return xmlWriter(columns, {
        ...common,
        element: requireOneTable(columns, 'FOR XML AUTO', line),
        shape,
      })
    case 'explicit':
      throw notSupported('FOR XML EXPLICIT', line)
  }
}

/** AUTO nests by table; with one table there is nothing to nest. */
function requireOneTable(columns: readonly Column[], feature: string, line: number): string {
  const tables = new Set(columns.map(({ qualifier }) => qualifier).filter((one) => one !== ''))
  if (tables.size > 1) throw notSupported(`${feature} over several tables`, line)
  const [table = 'row'] = tables
  return table.split('.').at(-1) ?? table
}
