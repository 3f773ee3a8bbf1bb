import type { SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { Bound } from '../query/index.ts'
import { isCharacterType, nvarcharType } from '../values/index.ts'
import type { BatchState } from './batch-state.ts'
import { formatMessage } from './format-message.ts'

const MAX_LENGTH = 2047

/** FORMATMESSAGE(text, …): the text RAISERROR would send; NULL for a number that no message has. */
export function findMessageFunction(
  name: string,
  operands: () => readonly Bound[],
  { host }: BatchState,
): Bound | undefined {
  if (name !== 'FORMATMESSAGE') return undefined
  const bound = operands()
  const [template, ...args] = bound
  if (template === undefined) {
    throw new SqlError(174, 'The FormatMessage function requires 1 to 21 arguments.', {
      severity: 15,
    })
  }
  const isText = isCharacterType(template.type)
  return {
    kind: 'call',
    label: name,
    operands: bound,
    deterministic: false,
    evaluate: ([text = null, ...values]) => {
      if (text === null || !isText) return null
      const given = args.map(({ type }, index) => ({ type, value: values[index] ?? null }))
      return messageOf(`${text}`, given)
    },
    type: nvarcharType(MAX_LENGTH * 2, host.session.collationId),
    nullable: true,
  }
}

function messageOf(text: string, args: Parameters<typeof formatMessage>[1]): SqlValue {
  return formatMessage(text, args).slice(0, MAX_LENGTH)
}
