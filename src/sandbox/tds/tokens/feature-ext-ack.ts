import type { ByteWriter } from '../byte-writer.ts'
import { FEATURE_IDS } from '../feature-ext.ts'
import { TOKEN_TYPES } from './token-type.ts'

/** FEATUREEXTACK, [MS-TDS] 2.2.7.11: of all features only UTF-8 is taken up. */
export function writeFeatureExtAck(out: ByteWriter, options: { readonly utf8: boolean }): void {
  out.u8(TOKEN_TYPES.featureExtAck)
  if (options.utf8) {
    out.u8(FEATURE_IDS.utf8Support)
    out.u32(1)
    out.u8(1)
  }
  out.u8(FEATURE_IDS.terminator)
}
