/** The types of the console's client are those of the OpenAPI document of today. */
import { routes } from '../../src/http/app.js';
import { openApiDocument } from '../../src/http/openapi.js';
import { apiTypes } from '../support/apiTypes.js';
import { expectFresh } from '../support/generated.js';

test('the client of the console is typed by the OpenAPI document', async () => {
  expectFresh('src/console/api/openapi.d.ts', await apiTypes(openApiDocument(routes, 'any')));
});
