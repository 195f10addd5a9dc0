/** Every format of exports, by name. */
import type { ExportFormatName } from '../../events/operations.js';
import { csv } from './csv.js';
import type { Format } from './format.js';
import { ndjson } from './ndjson.js';
import { parquet } from './parquet.js';
import { xes } from './xes.js';

export const formats: Readonly<Record<ExportFormatName, Format>> = { ndjson, csv, parquet, xes };
