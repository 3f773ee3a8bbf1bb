import type {
  Expression,
  FunctionCall,
  QueryBody,
  QueryExpression,
  TableReference,
} from '../../../../../src/sandbox/tsql/syntax/index.ts'

/**
 * An expression in prefix form, so that a table of tests shows what binds to what: `a + b * 2` is
 * `(+ a (* b 2))`.
 */
export function shapeOf(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return literalShape(expression.literalType, expression.text)
    case 'column':
      return expression.parts.join('.')
    case 'variable':
    case 'global-variable':
      return expression.name
    case 'next-value':
      return `(next-value ${expression.sequence.name})`
    case 'unary':
      return list(expression.operator, expression.operand)
    case 'binary':
    case 'comparison':
    case 'logical':
      return list(expression.operator, expression.left, expression.right)
    case 'function':
      return functionShape(expression)
    case 'cast': {
      const type = [expression.type.name, ...expression.type.arguments].join(' ')
      const extra = [expression.style, expression.culture].filter((part) => part !== undefined)
      return list(
        `${expression.isTry ? 'try-' : ''}${expression.form}:${type}`,
        expression.operand,
        ...extra,
      )
    }
    case 'case': {
      const branches = expression.branches.map((branch) => list('when', branch.when, branch.then))
      const parts = [expression.input, ...branches, expression.otherwise]
      return list('case', ...parts.filter((part) => part !== undefined))
    }
    case 'subquery':
      return queryShape(expression.query)
    case 'collate':
      return list(`collate:${expression.collation}`, expression.operand)
    case 'at-time-zone':
      return list('at-time-zone', expression.operand, expression.zone)
    case 'not':
      return list('not', expression.operand)
    case 'is-null':
      return list(negated('is-null', expression.negated), expression.operand)
    case 'is-distinct':
      return list(negated('is-distinct', expression.negated), expression.left, expression.right)
    case 'between':
      return list(
        negated('between', expression.negated),
        expression.operand,
        expression.low,
        expression.high,
      )
    case 'in': {
      const { candidates } = expression
      const shapes = 'kind' in candidates ? [queryShape(candidates)] : candidates
      return list(negated('in', expression.negated), expression.operand, ...shapes)
    }
    case 'like': {
      const escapes = expression.escape === undefined ? [] : [expression.escape]
      return list(
        negated('like', expression.negated),
        expression.operand,
        expression.pattern,
        ...escapes,
      )
    }
    case 'exists':
      return list('exists', queryShape(expression.query))
    case 'quantified':
      return list(
        `${expression.operator}${expression.quantifier}`,
        expression.operand,
        queryShape(expression.query),
      )
  }
}

/** A query's body: set operations in prefix form, a SELECT by its items and tables. */
export function queryShape(query: QueryExpression): string {
  return bodyShape(query.body)
}

function bodyShape(body: QueryBody): string {
  switch (body.kind) {
    case 'nested':
      return `{${queryShape(body.query)}}`
    case 'set-operation':
      return list(body.operator, bodyShape(body.left), bodyShape(body.right))
    case 'select': {
      const items = body.items.map((item) => {
        if (item.kind === 'star') return [...item.qualifier, '*'].join('.')
        return shapeOf(item.expression)
      })
      const tables = body.from.length === 0 ? [] : [`from ${body.from.map(tableShape).join(' ')}`]
      return list('select', ...items, ...tables)
    }
  }
}

/** Tables by name, joins in prefix form. */
export function tableShape(table: TableReference): string {
  switch (table.kind) {
    case 'join': {
      const on = table.on === undefined ? [] : [table.on]
      return list(table.type, tableShape(table.left), tableShape(table.right), ...on)
    }
    case 'table':
      return withAlias(table.name.name, table.alias)
    case 'table-function':
      return withAlias(list(table.name.name, ...table.arguments), table.alias)
    case 'table-variable':
      return withAlias(table.name, table.alias)
    case 'derived':
      return withAlias(queryShape(table.query), table.alias)
    case 'values':
      return withAlias(list('values', ...table.rows.map((row) => list(...row))), table.alias)
    case 'pivot':
    case 'unpivot':
      return withAlias(list(table.kind, tableShape(table.source)), table.alias)
  }
}

function literalShape(type: string, text: string): string {
  switch (type) {
    case 'string':
      return `'${text}'`
    case 'unicode-string':
      return `N'${text}'`
    case 'binary':
      return `0x${text}`
    case 'money':
      return `$${text}`
    case 'null':
      return 'null'
    default:
      return text
  }
}

function functionShape(call: FunctionCall): string {
  const name = call.schema === '' ? call.name : `${call.schema}.${call.name}`
  const parts = [
    ...(call.keyword === undefined ? [] : [`:${call.keyword}`]),
    ...(call.distinct ? ['distinct'] : []),
    ...(call.star ? ['*'] : []),
    ...call.arguments,
  ]
  return list(name, ...parts)
}

function negated(name: string, isNegated: boolean): string {
  return isNegated ? `not-${name}` : name
}

function withAlias(shape: string, alias: string | undefined): string {
  return alias === undefined ? shape : `${shape}=${alias}`
}

function list(...parts: readonly (Expression | string)[]): string {
  return `(${parts.map((part) => (typeof part === 'string' ? part : shapeOf(part))).join(' ')})`
}
