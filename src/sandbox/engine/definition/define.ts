import type { DefinitionStatement } from '../../tsql/index.ts'
import { alterTable } from './alter-table.ts'
import { createTable } from './create-table.ts'
import { alterIndex, createIndex, dropIndexes } from './define-index.ts'
import { defineModule } from './define-module.ts'
import { alterSequence, createSequence } from './define-sequence.ts'
import { createSchema, createSynonym, createType } from './define-small.ts'
import type { DefinitionContext } from './definition-context.ts'
import { dropObjects } from './drop-object.ts'

type Definers = {
  readonly [Kind in DefinitionStatement['kind']]: (
    statement: Extract<DefinitionStatement, { kind: Kind }>,
    context: DefinitionContext,
  ) => void
}

const DEFINERS: Definers = {
  'create-table': createTable,
  'alter-table': alterTable,
  'create-index': createIndex,
  'alter-index': alterIndex,
  'drop-index': dropIndexes,
  module: defineModule,
  drop: dropObjects,
  'create-type': createType,
  'create-schema': createSchema,
  'create-sequence': createSequence,
  'alter-sequence': alterSequence,
  'create-synonym': createSynonym,
}

/**
 * Carries out CREATE, ALTER or DROP of an object. What was changed when it fails is in the transaction's
 * log: the caller undoes the statement.
 * @throws SqlError 2714, 3701, 3906, …
 */
export function define<Statement extends DefinitionStatement>(
  statement: Statement,
  context: DefinitionContext,
): void {
  const definer = DEFINERS[statement.kind] as (
    statement: Statement,
    context: DefinitionContext,
  ) => void // the entry of this very kind
  definer(statement, context)
}
