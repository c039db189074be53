/** Shown when not even the messages may have come, so its words are here. */
export function CannotStart() {
  return (
    <main class="gate-form" role="alert">
      <h1>Gatebook cannot start</h1>
      <p>
        The settings at <code>/config.json</code> could not be read. Check your connection and load the page again.
      </p>
      <p>
        <button type="button" class="button button-primary" onClick={() => location.reload()}>
          Load again
        </button>
      </p>
    </main>
  );
}
