import { useState } from "react";
import { Button, Icon } from "./parts";
import { linkTo } from "./share";
import { Draft } from "./storage";

/** Copies a link that carries the program. */
export function ShareButton({ draft }: { draft: Draft }) {
  const [word, setWord] = useState("");
  const share = async () => {
    try {
      const link = await linkTo(draft);
      history.replaceState(null, "", link);
      await navigator.clipboard.writeText(link).then(
        () => setWord("Link copied"),
        () => setWord("Link is in the address bar"),
      );
    } catch (error) {
      setWord(error instanceof Error && error.message ? error.message : "No link can be made here");
    }
    setTimeout(() => setWord(""), 4_000);
  };
  return (
    <Button onClick={share} title="Copy a link that carries this program">
      <Icon name="link" />
      <span aria-live="polite">{word || "Link"}</span>
    </Button>
  );
}
