import type { PartitionFunction, PartitionScheme } from '../catalog/partitioning.ts'
import { typedLiteral } from './literal.ts'
import { lineComment, quoteName } from './quote.ts'
import type { ScriptContext } from './script-context.ts'
import { typeText } from './type-text.ts'

/** Partition functions and schemes. */
export function* partitions(context: ScriptContext): Generator<string> {
  for (const partitionFunction of context.details.partitionFunctions) {
    const statement = createFunction(partitionFunction)
    if (statement !== undefined) yield statement
    else context.note(`the partition function ${quoteName(partitionFunction.name)}`)
  }
  const scriptable = scriptableSchemes(context)
  for (const scheme of context.details.partitionSchemes) {
    if (scriptable.includes(scheme)) yield createScheme(context, scheme)
    else
      context.note(`the partition scheme ${quoteName(scheme.name)}; its tables are not partitioned`)
  }
}

/** The schemes whose function is known with its boundaries. */
export function scriptableSchemes({ details }: ScriptContext): readonly PartitionScheme[] {
  const functionIds = new Set(
    details.partitionFunctions
      .filter(({ boundaries }) => boundaries !== undefined)
      .map(({ functionId }) => functionId),
  )
  return details.partitionSchemes.filter(
    ({ functionId }) => functionId !== undefined && functionIds.has(functionId),
  )
}

function createFunction(partitionFunction: PartitionFunction): string | undefined {
  const { name, type, isRangeRight, boundaries } = partitionFunction
  if (boundaries === undefined) return undefined
  const range = isRangeRight ? 'RIGHT' : 'LEFT'
  const values = boundaries.map(typedLiteral).join(', ')
  return `CREATE PARTITION FUNCTION ${quoteName(name)} (${typeText(type)}) AS RANGE ${range} FOR VALUES (${values})`
}

function createScheme(context: ScriptContext, scheme: PartitionScheme): string {
  const { catalog, details } = context
  const owner = details.partitionFunctions.find(
    ({ functionId }) => functionId === scheme.functionId,
  )
  const filegroups = scheme.filegroupIds.map((id) => {
    const filegroup = catalog.filegroups.find(({ filegroupId }) => filegroupId === id)
    return quoteName(filegroup?.name ?? `filegroup ${id}`)
  })
  const statement = `CREATE PARTITION SCHEME ${quoteName(scheme.name)} AS PARTITION ${quoteName(owner?.name ?? '')} ALL TO ([PRIMARY])`
  if (filegroups.every((name) => name === '[PRIMARY]')) return statement
  return `${lineComment(`its filegroups were ${filegroups.join(', ')}`)}\n${statement}`
}
