/** Parts of the console that are loaded when they are opened. */
import { lost, noteVersion } from './connection.js';

/**
 * Loads a part; where the service is away, once it is back.
 * @throws when the service is there but the part is not: after an update, that of an older console is gone
 */
export async function patientImport<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch (error) {
    if (await lost()) return load();
    await noteVersion();
    throw error;
  }
}
