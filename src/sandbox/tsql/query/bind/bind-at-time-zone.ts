import { SqlDateTime, type SqlType } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import { assumedInZone, movedToZone, timeZone } from '../../functions/index.ts'
import type { AtTimeZoneExpression } from '../../syntax/index.ts'
import { datetimeoffsetType, nvarcharType } from '../../values/index.ts'
import type { Bound } from '../plan/bound.ts'
import { bindExpression } from './bind-expression.ts'
import { convertTo } from './conversion.ts'
import type { Environment } from './environment.ts'

const ZONE_NAME = nvarcharType(256, 0)

/** Digits of a second of each type that may stand before AT TIME ZONE. */
const SCALES: Readonly<Record<string, (type: SqlType) => number>> = {
  smalldatetime: () => 0,
  datetime: () => 3,
  datetime2: ({ scale }) => scale,
  datetimeoffset: ({ scale }) => scale,
}

/** @throws SqlError 8116 for what has no date and time; 9820, at run time, for an unknown zone */
export function bindAtTimeZone(node: AtTimeZoneExpression, environment: Environment): Bound {
  const operand = bindExpression(node.operand, environment)
  const scale = SCALES[operand.type.name]
  if (scale === undefined) {
    throw new SqlError(
      8116,
      `Argument data type ${operand.type.name} is invalid for argument 1 of AT TIME ZONE function.`,
      { line: node.line },
    )
  }
  const zone = convertTo(bindExpression(node.zone, environment), ZONE_NAME, environment.statement)
  const hasOffset = operand.type.name === 'datetimeoffset'
  return {
    kind: 'call',
    label: `AT TIME ZONE:${hasOffset}`,
    operands: [operand, zone],
    deterministic: false,
    evaluate: ([value = null, name = null]) => {
      if (!(value instanceof SqlDateTime) || name === null) return null
      const rules = timeZone(`${name}`)
      return hasOffset ? movedToZone(value, rules) : assumedInZone(value, rules)
    },
    type: datetimeoffsetType(scale(operand.type)),
    nullable: true,
  }
}
