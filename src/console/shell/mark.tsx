/** The gatehouse: the product's sign. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path fill="currentColor" fill-rule="evenodd" d="M4 3h5v4h4V3h6v4h4V3h5v26h-7V19a5 5 0 0 0-10 0v10H4z" />
    </svg>
  );
}
