import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { isCharacterType, isIntegerType } from '../values/index.ts'

export interface MessageArgument {
  readonly type: SqlType
  readonly value: SqlValue
}

/** `%[flags][width][.precision][{h|l|I64}]type` of RAISERROR. */
const SPECIFICATION = /%(?:%|([-+0# ]*)(\d+|\*)?(?:\.(\d+|\*))?(?:h|l|I64)?([diosuxX]))/g

/**
 * Fills printf specifications with the arguments.
 * @throws SqlError 2786 (an argument of another kind), 2787 (not a specification)
 */
export function formatMessage(template: string, args: readonly MessageArgument[]): string {
  checkSpecifications(template)
  let next = 0
  const take = (): MessageArgument | undefined => {
    next += 1
    return args[next - 1]
  }
  return template.replaceAll(
    SPECIFICATION,
    (_whole, flags: string | undefined, width?: string, precision?: string, kind?: string) => {
      if (kind === undefined) return '%'
      const wide = width === '*' ? Number(take()?.value ?? 0) : Number(width ?? 0)
      const precise = precision === '*' ? Number(take()?.value ?? 0) : precision
      const text = argumentText(take(), { kind, position: next, precision: precise })
      return padded(text, flags ?? '', wide)
    },
  )
}

function checkSpecifications(template: string): void {
  const rest = template.replaceAll(SPECIFICATION, '')
  const wrong = /%.?/.exec(rest)
  if (wrong === null) return
  throw new SqlError(2787, `Invalid format specification: '${wrong[0]}'.`)
}

interface Specification {
  readonly kind: string
  /** 1-based number of the argument. */
  readonly position: number
  readonly precision: number | string | undefined
}

function argumentText(
  argument: MessageArgument | undefined,
  { kind, position, precision }: Specification,
): string {
  const value = argument?.value ?? null
  if (argument === undefined || value === null) return '(null)'
  if (kind === 's') {
    if (!isCharacterType(argument.type)) throw wrongKind(position)
    return precision === undefined ? `${value}` : `${value}`.slice(0, Number(precision))
  }
  if (!isIntegerType(argument.type) && argument.type.name !== 'bit') throw wrongKind(position)
  return integerText(BigInt(Number(value)), kind)
}

function wrongKind(position: number): SqlError {
  return new SqlError(
    2786,
    `The data type of substitution parameter ${position} does not match the expected type of the format specification.`,
  )
}

function integerText(value: bigint, kind: string): string {
  const unsigned = BigInt.asUintN(value < -2_147_483_648n ? 64 : 32, value)
  switch (kind) {
    case 'o':
      return unsigned.toString(8)
    case 'x':
      return unsigned.toString(16)
    case 'X':
      return unsigned.toString(16).toUpperCase()
    case 'u':
      return `${unsigned}`
    default:
      return `${value}`
  }
}

function padded(text: string, flags: string, width: number): string {
  const signed = flags.includes('+') && /^\d/.test(text) ? `+${text}` : text
  if (flags.includes('-')) return signed.padEnd(width)
  return signed.padStart(width, flags.includes('0') ? '0' : ' ')
}
