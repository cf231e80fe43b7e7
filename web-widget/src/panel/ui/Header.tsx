import { h } from 'preact';
import { agentName, type State } from '../conversation/state';
import { strings } from '../strings';
import { Avatar } from './Avatar';
import { closeIcon, Icon } from './icons';

interface Props {
  state: State;
  onClose(): void;
  onTryAgain(): void;
}

export function Header({ state, onClose, onTryAgain }: Props) {
  const { company, connection } = state;
  const agent = agentName(state);
  return (
    <div class="head">
      <Avatar author={agent ? 'agent' : 'bot'} name={agent || company.bot} />
      <div>
        <h2>{company.name || strings.company}</h2>
        <p>{agent ? strings.agentHere(agent) : strings.assistant(company.bot)}</p>
      </div>
      <button class="quiet" aria-label={strings.close} onClick={onClose}>
        <Icon path={closeIcon} />
      </button>
      <p class={`connection ${connection}`} role="status">
        {strings.connection[connection]}
        {connection === 'refused' && (
          <button class="link" onClick={onTryAgain}>
            {strings.tryAgain}
          </button>
        )}
      </p>
    </div>
  );
}
