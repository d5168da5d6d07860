/** Copies a link that carries the draft; the address bar takes it if the clipboard does not. */
import { encodeShare } from '../../state/share.ts';
import { notify } from '../../state/store.ts';
import { useCommand } from '../page/lab.ts';

export function useShareLink(): () => void {
  const command = useCommand();
  return () =>
    command(async ({ store, platform }) => {
      const { config } = store.getState().draft;
      if (!config) return;
      const link = new URL(encodeShare(config), document.baseURI).href;
      history.replaceState(null, '', link);
      const copied = await platform.copy(link);
      notify(
        store,
        'info',
        copied
          ? 'The link is on the clipboard: it opens the lab with these settings.'
          : 'The clipboard is closed to this page; the link stands in the address bar.',
      );
    });
}
