/* For browsers that can't read modules of this age: they would show a blank page. Old syntax on purpose. */
(function () {
  var fine = 'noModule' in document.createElement('script') && typeof structuredClone === 'function' && 'at' in Array.prototype;
  if (fine) return;
  function tell() {
    var korean = (navigator.language || '').indexOf('ko') === 0;
    var root = document.getElementById('root');
    if (!root) return;
    root.textContent = korean
      ? '이 브라우저에서는 콘솔을 사용할 수 없습니다. Chrome, Edge, Firefox, Safari의 최신 버전을 사용하십시오.'
      : 'This browser is too old for the console. Use a current version of Chrome, Edge, Firefox or Safari.';
    root.setAttribute('role', 'alert');
    root.style.padding = '48px 24px';
  }
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', tell);
  else tell();
})();
