/** Access tokens. */
import { type Command, InvalidArgumentError } from 'commander';
import Table from 'cli-table3';
import { type ActorType, actorTypes } from '../../events/vocabulary.js';
import { openTokens } from '../../parts.js';
import { print, printJson, UsageError } from '../output.js';
import { configOf, subcommand, idOf, instantOf } from '../program.js';

/** Adds these commands to the program. */
export function registerTokens(program: Command): void {
  const token = program.command('token').description('access tokens; also while the service runs');
  subcommand(token, 'create', 'make a token; it is shown this once')
    .requiredOption('--role <role>', `one of ${actorTypes.join(', ')}`, roleOf)
    .option('--actor <id>', 'who it speaks for (default: the role)', idOf)
    .option('--account <id>', 'the account that a customer’s token is bound to', idOf)
    .option('--expires <when>', 'date and time after which it stops working', instantOf)
    .action((options: TokenOptions, command: Command) => {
      const { config, json } = configOf(command);
      const { role, actor = role, account, expires } = options;
      if ((role === 'customer') !== (account !== undefined)) {
        throw new UsageError(
          role === 'customer' ? 'A customer’s token needs --account <id>.' : '--account is for customers’ tokens only.',
        );
      }
      const tokens = openTokens(config);
      const made = tokens.create({
        role,
        actor,
        ...(account === undefined ? {} : { accountId: account }),
        ...(expires === undefined ? {} : { expiresAt: expires }),
      });
      tokens.close();
      if (json) printJson({ token: made, role, actor, ...(account === undefined ? {} : { accountId: account }) });
      else print(made);
    });
  subcommand(token, 'list', 'the tokens there are, without what would let somebody use them').action(
    (_options, command: Command) => {
      const { config, json } = configOf(command);
      const tokens = openTokens(config);
      const lines = tokens.list();
      tokens.close();
      if (json) {
        printJson({ tokens: lines });
        return;
      }
      const table = new Table({ head: ['id', 'role', 'actor', 'account', 'expires'], style: { head: [], border: [] } });
      for (const line of lines)
        table.push([line.id, line.role, line.actor, line.accountId ?? '', line.expiresAt ?? '']);
      print(table.toString());
    },
  );
  subcommand(token, 'revoke', 'revoke a token by its id, as `token list` shows it')
    .argument('<id>')
    .action((tokenId: string, _options, command: Command) => {
      const { config, json } = configOf(command);
      const tokens = openTokens(config);
      const revoked = tokens.revoke(tokenId);
      tokens.close();
      if (!revoked) throw new UsageError(`There is no token ${tokenId}.`);
      if (json) printJson({ revoked: tokenId });
      else print(`revoked ${tokenId}`);
    });
}

type TokenOptions = { role: ActorType; actor?: string; account?: string; expires?: string };

function roleOf(text: string): ActorType {
  const role = actorTypes.find((known) => known === text);
  if (role === undefined) throw new InvalidArgumentError(`Roles: ${actorTypes.join(', ')}.`);
  return role;
}
