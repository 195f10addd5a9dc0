/** The elements that a provider's dashboard uses. */
// Defined where a page loads this file.
customElements.get('gatehouse-setup-guide');
