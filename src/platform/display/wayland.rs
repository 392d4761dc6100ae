//! Wayland: the compositor is asked not to let the display sleep while the window is there.

use std::ptr::NonNull;

use slint::winit_030::winit::raw_window_handle::{
    HasDisplayHandle, HasWindowHandle, RawDisplayHandle, RawWindowHandle,
};
use slint::winit_030::winit::window::Window as WinitWindow;
use wayland_backend::client::{Backend, ObjectId};
use wayland_client::globals::{GlobalListContents, registry_queue_init};
use wayland_client::protocol::wl_registry::{self, WlRegistry};
use wayland_client::protocol::wl_surface::WlSurface;
use wayland_client::{Connection, Dispatch, EventQueue, Proxy, QueueHandle, delegate_noop};
use wayland_protocols::wp::idle_inhibit::zv1::client::zwp_idle_inhibit_manager_v1::ZwpIdleInhibitManagerV1;
use wayland_protocols::wp::idle_inhibit::zv1::client::zwp_idle_inhibitor_v1::ZwpIdleInhibitorV1;

/// The wish that the display stays lit, for as long as this is kept.
pub(super) struct Inhibited {
    inhibitor: ZwpIdleInhibitorV1,
    queue: EventQueue<Nothing>,
}

/// Nothing that the compositor says of it matters.
struct Nothing;

impl Dispatch<WlRegistry, GlobalListContents> for Nothing {
    fn event(
        _: &mut Self,
        _: &WlRegistry,
        _: wl_registry::Event,
        _: &GlobalListContents,
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
    }
}

delegate_noop!(Nothing: ZwpIdleInhibitManagerV1);
delegate_noop!(Nothing: ZwpIdleInhibitorV1);

impl Inhibited {
    /// None where the compositor has no such wish to offer, as one that never lets a display
    /// sleep has not.
    pub(super) fn start(winit: &WinitWindow) -> Option<Self> {
        let RawDisplayHandle::Wayland(display) = winit.display_handle().ok()?.as_raw() else {
            return None;
        };
        let RawWindowHandle::Wayland(window) = winit.window_handle().ok()?.as_raw() else {
            return None;
        };
        // SAFETY: the connection is the toolkit's, which keeps it until the program ends.
        #[allow(unsafe_code, reason = "why it is sound stands above")]
        let backend = unsafe { Backend::from_foreign_display(display.display.as_ptr().cast()) };
        let connection = Connection::from_backend(backend);
        let (globals, queue) = registry_queue_init::<Nothing>(&connection).ok()?;
        let handle = queue.handle();
        let manager: ZwpIdleInhibitManagerV1 = globals.bind(&handle, 1..=1, ()).ok()?;
        let surface = surface(&connection, window.surface)?;
        let inhibitor = manager.create_inhibitor(&surface, &handle, ());
        manager.destroy();
        connection.flush().ok()?;
        Some(Self { inhibitor, queue })
    }
}

impl Drop for Inhibited {
    fn drop(&mut self) {
        self.inhibitor.destroy();
        #[expect(
            clippy::unused_result_ok,
            reason = "the compositor may be gone before the window"
        )]
        self.queue.flush().ok();
    }
}

/// The window's surface, as this connection knows it.
fn surface(connection: &Connection, pointer: NonNull<std::ffi::c_void>) -> Option<WlSurface> {
    // SAFETY: the pointer is that of the window's surface, which is there as long as the window,
    // and the window is borrowed by whoever calls this.
    #[allow(unsafe_code, reason = "why it is sound stands above")]
    let id = unsafe { ObjectId::from_ptr(WlSurface::interface(), pointer.as_ptr().cast()) }.ok()?;
    WlSurface::from_id(connection, id).ok()
}
