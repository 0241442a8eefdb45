/** Types and documents of the console's GraphQL operations, made from the API's printed schema. */

import type { CodegenConfig } from '@graphql-codegen/cli'

const config: CodegenConfig = {
  schema: '../services/api/schema.graphql',
  documents: 'features/**/*.graphql',
  generates: {
    'graphql/generated/graphql.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        // As text: parsed, and with each fragment in every document that uses it, they are three times as much to send.
        documentMode: 'graphQLTag',
        gqlImport: '@urql/core#gql',
        pureMagicComment: true,
        useTypeImports: true,
        enumsAsTypes: true,
        defaultScalarType: 'unknown',
        scalars: { DateTime: 'string', Long: 'number', JSON: 'unknown', ID: 'string' },
        avoidOptionals: { field: true, object: true, inputValue: false, defaultValue: false },
      },
    },
  },
}

export default config
