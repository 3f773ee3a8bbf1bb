import {
  collationCodePage,
  collationIdByName,
  collationLcid,
  collationTraits,
  Decimal,
  type SqlValue,
} from '../../../mdf/index.ts'
import type { ObjectInfo } from '../host.ts'
import { BIGINT, decimalType, INT, SMALLINT, SQL_VARIANT, varbinaryType } from '../values/index.ts'
import type { CallContext, ScalarFunction } from './contract.ts'
import { type CallSite, defineFunction } from './define-function.ts'
import { objectName } from './multipart-name.ts'
import { textOf } from './text-argument.ts'
import { asVariant } from './variant-result.ts'

/** A property function of one name argument, its value a sql_variant. */
function property(
  read: (name: string, context: CallContext) => SqlValue | undefined,
): ScalarFunction {
  return defineFunction({
    arguments: 1,
    deterministic: false,
    result: SQL_VARIANT,
    evaluate: ([name = null], context, site) =>
      asVariant(read(textOf(name, 1, site), context), context.host.session.collationId),
  })
}

const databasepropertyex = defineFunction({
  arguments: 2,
  deterministic: false,
  result: SQL_VARIANT,
  evaluate: ([database = null, name = null], { host }, site) =>
    asVariant(
      host.databaseProperty(textOf(database, 1, site), textOf(name, 2, site)),
      host.session.collationId,
    ),
})

/** Of SESSIONPROPERTY; the value each has until a client sets it. */
const SESSION_OPTIONS: Readonly<Record<string, boolean>> = {
  ANSI_NULLS: true,
  ANSI_PADDING: true,
  ANSI_WARNINGS: true,
  ARITHABORT: false,
  CONCAT_NULL_YIELDS_NULL: true,
  NUMERIC_ROUNDABORT: false,
  QUOTED_IDENTIFIER: true,
}

function sessionOption(name: string, { host }: CallContext): SqlValue | undefined {
  const option = name.trim().toUpperCase()
  if (!Object.hasOwn(SESSION_OPTIONS, option)) return undefined
  return (host.session.options.get(option) ?? SESSION_OPTIONS[option]) === true ? 1 : 0
}

/** What every connection here has in common. */
const CONNECTION: Readonly<Record<string, string>> = {
  net_transport: 'TCP',
  protocol_type: 'TSQL',
  auth_scheme: 'SQL',
  physical_net_transport: 'TCP',
}

const COMPARISON_STYLES = {
  ignoreCase: 1,
  ignoreAccent: 2,
  ignoreKana: 0x1_0000,
  ignoreWidth: 0x2_0000,
}

function comparisonStyle(id: number): number {
  const traits = collationTraits(id)
  if (traits.binary) return 0
  return (
    (traits.caseSensitive ? 0 : COMPARISON_STYLES.ignoreCase) |
    (traits.accentSensitive ? 0 : COMPARISON_STYLES.ignoreAccent) |
    (traits.kanaSensitive ? 0 : COMPARISON_STYLES.ignoreKana) |
    (traits.widthSensitive ? 0 : COMPARISON_STYLES.ignoreWidth)
  )
}

const COLLATION_VERSIONS: readonly (readonly [mark: RegExp, version: number])[] = [
  [/_140_/, 3],
  [/_100_/, 2],
  [/_90_/, 1],
]

function collationproperty([name = null, wanted = null]: readonly SqlValue[], site: CallSite) {
  const collation = textOf(name, 1, site)
  const id = collationIdByName(collation)
  if (id === undefined) return null
  switch (textOf(wanted, 2, site).toLowerCase()) {
    case 'codepage':
      return collationCodePage(id)
    case 'lcid':
      return collationLcid(id)
    case 'comparisonstyle':
      return comparisonStyle(id)
    case 'version':
      return COLLATION_VERSIONS.find(([mark]) => mark.test(collation))?.[1] ?? 0
    default:
      return null
  }
}

const IDENTITY_TYPE = decimalType(38, 0, 'numeric')

type Identity = NonNullable<ObjectInfo['identity']>

/** IDENT_CURRENT and its kind: of a table by its name; NULL without an identity column. */
const identityOf = (part: (identity: Identity) => bigint) =>
  defineFunction({
    arguments: 1,
    deterministic: false,
    result: IDENTITY_TYPE,
    evaluate: ([name = null], { host }, site) => {
      if (name === null) return null
      const parts = objectName(textOf(name, 1, site))
      const identity = parts && host.findObject(parts, host.session.database)?.identity
      return identity === undefined ? null : new Decimal(part(identity), 0)
    },
  })

export const PROPERTY_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  SERVERPROPERTY: property((name, { host }) => host.serverProperty(name)),
  SESSIONPROPERTY: property(sessionOption),
  CONNECTIONPROPERTY: property((name) => CONNECTION[name.trim().toLowerCase()]),
  DATABASEPROPERTYEX: databasepropertyex,
  COLLATIONPROPERTY: defineFunction({
    arguments: 2,
    result: SQL_VARIANT,
    evaluate: (values, _context, site) => asVariant(collationproperty(values, site), 0),
  }),
  IDENT_CURRENT: identityOf(({ seed, lastValue }) => lastValue ?? seed),
  IDENT_SEED: identityOf(({ seed }) => seed),
  IDENT_INCR: identityOf(({ increment }) => increment),
  CONTEXT_INFO: defineFunction({
    arguments: 0,
    deterministic: false,
    result: varbinaryType(128),
    evaluate: (_values, { host }) => host.session.contextInfo,
  }),
  SESSION_CONTEXT: property((name, { host }) => host.session.context.get(name)?.value),
  XACT_STATE: defineFunction({
    arguments: 0,
    deterministic: false,
    result: SMALLINT,
    evaluate: (_values, { host }) => host.transaction.state,
  }),
  ROWCOUNT_BIG: defineFunction({
    arguments: 0,
    deterministic: false,
    result: BIGINT,
    evaluate: (_values, { host }) => BigInt(host.session.rowCount),
  }),
  FULLTEXTSERVICEPROPERTY: defineFunction({
    arguments: 1,
    result: INT,
    evaluate: ([name = null], _context, site) =>
      textOf(name, 1, site).toLowerCase() === 'isfulltextinstalled' ? 0 : null,
  }),
}
