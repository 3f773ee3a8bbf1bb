import { ByteReader } from './byte-reader.ts'

/** Feature ids of LOGIN7's extension block, [MS-TDS] 2.2.6.4. */
export const FEATURE_IDS = { fedAuth: 0x02, utf8Support: 0x0a, terminator: 0xff } as const

/** What the client asked for beyond LOGIN7's own fields. */
export interface FeatureRequests {
  readonly utf8: boolean
  readonly federatedAuthentication: boolean
}

/**
 * The FeatureExt block: feature id (1), length (4), data; 0xFF ends it. Features that are not taken
 * up (session recovery, column encryption, data classification, …) are left unacknowledged, which is
 * how a server refuses them.
 */
export function readFeatureExt(block: Buffer): FeatureRequests {
  const input = new ByteReader(block)
  const ids = new Set<number>()
  for (let id = input.u8(); id !== FEATURE_IDS.terminator; id = input.u8()) {
    input.bytes(input.u32())
    ids.add(id)
  }
  return {
    utf8: ids.has(FEATURE_IDS.utf8Support),
    federatedAuthentication: ids.has(FEATURE_IDS.fedAuth),
  }
}
