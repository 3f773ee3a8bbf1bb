import { SqlError } from '../../../sql-error.ts'
import {
  type ArgumentInfo,
  findAggregate,
  findScalarFunction,
  type ScalarFunction,
} from '../../functions/index.ts'
import type { FunctionCall } from '../../syntax/index.ts'
import type { Bound } from '../plan/bound.ts'
import { bindUserFunction } from '../user-function/bind-user-function.ts'
import { bindAggregate, bindCountRows, bindGrouping } from './bind-aggregate.ts'
import {
  bindChoose,
  bindCoalesce,
  bindIif,
  bindIsNull,
  bindNullIf,
  wrongArgumentCount,
} from './bind-case.ts'
import { bindExpression } from './bind-expression.ts'
import { bindWindowCall } from './bind-window.ts'
import { isNullLiteral } from './conversion.ts'
import type { Environment } from './environment.ts'
import { RANKING_FUNCTIONS } from './window-functions.ts'

type CallBinder = (node: FunctionCall, environment: Environment) => Bound

/** Calls that evaluate only the arguments they need, and those that are not functions of a row. */
const SPECIAL_FORMS = new Map<string, CallBinder>([
  ['IIF', bindIif],
  ['CHOOSE', bindChoose],
  ['NULLIF', bindNullIf],
  ['ISNULL', bindIsNull],
  ['COALESCE', bindCoalesce],
  ['GROUPING', bindGrouping],
  ['GROUPING_ID', bindGrouping],
])

export function bindFunctionCall(node: FunctionCall, environment: Environment): Bound {
  if (node.schema !== '' && node.schema.toLowerCase() !== 'sys') {
    return bindUserFunction(node, environment) ?? unknownUserFunction(node)
  }
  const name = node.name.toUpperCase()
  if (node.over !== undefined) return bindWindowCall(node, node.over, environment)
  if (RANKING_FUNCTIONS.has(name)) {
    throw new SqlError(10753, `The function '${node.name}' must have an OVER clause.`, {
      severity: 15,
      line: node.line,
    })
  }
  if (node.star) return bindCountRows(node, environment)
  const special = SPECIAL_FORMS.get(name)
  if (special !== undefined) return special(node, environment)
  const aggregate = findAggregate(name)
  if (aggregate !== undefined) return bindAggregate(node, aggregate, environment)
  const ofBatch = environment.statement.names.findFunction(name, () =>
    node.arguments.map((argument) => bindExpression(argument, environment)),
  )
  if (ofBatch !== undefined) return ofBatch
  return bindScalarFunction(node, environment)
}

function bindScalarFunction(node: FunctionCall, environment: Environment): Bound {
  const found = findScalarFunction(node.name)
  if (found === undefined) {
    throw new SqlError(195, `'${node.name}' is not a recognized built-in function name.`, {
      severity: 15,
      state: 10,
      line: node.line,
    })
  }
  checkArgumentCount(node, found)
  const operands = node.arguments.map((argument) => bindExpression(argument, environment))
  const args = operands.map(argumentInfo)
  const keyword = node.keyword ?? ''
  const type = found.resultType(args, keyword, environment.statement.call)
  return {
    kind: 'call',
    label: `${node.name.toUpperCase()}:${keyword.toUpperCase()}`,
    operands,
    deterministic: found.deterministic,
    evaluate: found.compile(args, keyword, type),
    type,
    nullable: true,
  }
}

/** What a function may know of an argument before it runs. */
export function argumentInfo(node: Bound): ArgumentInfo {
  return {
    type: node.type,
    isNullLiteral: isNullLiteral(node),
    ...(node.kind === 'constant' ? { constant: node.value } : {}),
  }
}

/** SQL Server counts a keyword such as DATEADD's datepart as an argument. */
function checkArgumentCount(node: FunctionCall, found: ScalarFunction): void {
  const count = node.arguments.length
  const { minArguments: min, maxArguments: max } = found
  if (found.takesKeyword === true && node.keyword === undefined)
    throw wrongArgumentCount(node, min + 1)
  if (count >= min && count <= max) return
  const keywordCount = found.takesKeyword === true ? 1 : 0
  if (min === max) throw wrongArgumentCount(node, min + keywordCount)
  throw new SqlError(
    189,
    `The ${node.name.toLowerCase()} function requires ${min + keywordCount} to ${max + keywordCount} arguments.`,
    { severity: 15, line: node.line },
  )
}

function unknownUserFunction({ schema, name, line }: FunctionCall): never {
  throw new SqlError(
    4121,
    `Cannot find either column "${schema}" or the user-defined function or aggregate "${schema}.${name}", or the name is ambiguous.`,
    { line },
  )
}
