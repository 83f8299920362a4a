# NetworkManager as python3-dbusmock plays it, and what its template lacks: joining that takes a
# moment and fails for the reasons of the real one, profiles that are volatile until they are saved.
#   python3 -m dbusmock --system --template tests/e2e/networkmanager.py
# A test speaks to it by bdhvs.Test.Do(JSON) on /org/freedesktop; the answer is JSON.
import json

import dbus
from gi.repository import GLib

import dbusmock
from dbusmock.templates import networkmanager as nm
from dbusmock.templates.networkmanager import *  # noqa: F401,F403  its methods are ours

BUS_NAME, MAIN_OBJ, IS_OBJECT_MANAGER, SYSTEM_BUS = nm.BUS_NAME, nm.MAIN_OBJ, True, True
TEST = 'bdhvs.Test'
DENIED = 'org.freedesktop.NetworkManager.PermissionDenied'
FAILED, DISCONNECTED, IP_CONFIG, ACTIVATED = 120, 30, 70, 100
LATE_MS = 400
world = {'card': None, 'password': 'bi-mat-123', 'deny': False, 'save': True, 'last': None, 'calls': []}


def object_at(path):
    return dbusmock.get_object(path)


def settings_paths():
    return [str(p) for p in object_at(nm.SETTINGS_OBJ).Get(nm.SETTINGS_IFACE, 'Connections')]


def set_settings(paths):
    object_at(nm.SETTINGS_OBJ).Set(nm.SETTINGS_IFACE, 'Connections', dbus.Array(paths, signature='o'))


def allowed(what):
    world['calls'].append(what)
    if world['deny']:
        raise dbus.exceptions.DBusException('not authorized', name=DENIED)


def forget(conn):
    allowed('Delete')
    drop(conn.path)


def drop(path):
    if path in settings_paths():
        set_settings([p for p in settings_paths() if p != path])
        if world.get('active_of') == path:
            leave()
        object_at(nm.MANAGER_OBJ).RemoveObject(path)


def save(conn):
    allowed('Save')
    if not world['save']:
        raise dbus.exceptions.DBusException('no space', name='org.freedesktop.NetworkManager.Settings.Failed')
    conn.Set(nm.CSETTINGS_IFACE, 'Unsaved', False)


def remember(settings, saved):
    world['n'] = world.get('n', 0) + 1
    path = f'{nm.SETTINGS_OBJ}/{world["n"]}'
    object_at(nm.MANAGER_OBJ).AddObject(path, nm.CSETTINGS_IFACE, {'Unsaved': not saved}, [
        ('GetSettings', '', 'a{sa{sv}}', 'ret = self.settings'),
        ('Delete', '', '', 'self.forget(self)'),
        ('Save', '', '', 'self.save(self)')])
    obj = object_at(path)
    obj.settings = {k: {a: b for a, b in v.items() if a != 'psk'} for k, v in settings.items()}
    obj.psk = str(settings.get('802-11-wireless-security', {}).get('psk', ''))
    obj.forget, obj.save = forget, save
    set_settings(settings_paths() + [path])
    return path


def state(new, reason):
    card = object_at(world['card'])
    old = card.Get(nm.DEVICE_IFACE, 'State')
    card.Set(nm.DEVICE_IFACE, 'State', dbus.UInt32(new))
    card.EmitSignal(nm.DEVICE_IFACE, 'StateChanged', 'uuu', [dbus.UInt32(new), old, dbus.UInt32(reason)])


def leave():
    card = object_at(world['card'])
    card.Set(nm.DEVICE_IFACE, 'ActiveConnection', dbus.ObjectPath('/'))
    card.Set(nm.WIRELESS_DEVICE_IFACE, 'ActiveAccessPoint', dbus.ObjectPath('/'))
    card.Set(nm.DEVICE_IFACE, 'Ip4Config', dbus.ObjectPath('/'))
    world['active_of'] = None


def outcome(ssid, psk):
    if ssid.startswith(b'khong-dia-chi'):
        return 17
    if ssid.startswith(b'xa-lam'):
        return 53
    return 0 if not psk or psk == world['password'] else 7


def activate(conn):
    obj = object_at(conn)
    ssid = bytes(bytearray(obj.settings['802-11-wireless']['ssid']))
    reason = outcome(ssid, obj.psk)
    world['a'] = world.get('a', 0) + 1
    active = f'/org/freedesktop/NetworkManager/ActiveConnection/{world["a"]}'
    card = object_at(world['card'])
    leave()
    card.Set(nm.DEVICE_IFACE, 'ActiveConnection', dbus.ObjectPath(active))
    world['active_of'] = conn
    state(40, 0)

    def later():
        if world.get('active_of') != conn:
            return False
        if reason:
            state(FAILED, reason)
            unsaved = obj.Get(nm.CSETTINGS_IFACE, 'Unsaved')
            leave()
            state(DISCONNECTED, 0)
            if unsaved:
                drop(conn)
            return False
        card.Set(nm.WIRELESS_DEVICE_IFACE, 'ActiveAccessPoint', dbus.ObjectPath(heard(ssid)))
        card.Set(nm.DEVICE_IFACE, 'Ip4Config', dbus.ObjectPath('/org/freedesktop/NetworkManager/IP4Config/1'))
        state(ACTIVATED, 0)
        return False

    GLib.timeout_add(LATE_MS, later)
    return dbus.ObjectPath(active)


def join_new(self, settings, _card, ap, options):
    allowed('AddAndActivateConnection2')
    security = settings.get('802-11-wireless-security', {})
    world['last'] = {
        'id': str(settings['connection']['id']), 'ssid': list(map(int, settings['802-11-wireless']['ssid'])),
        'hidden': bool(settings['802-11-wireless'].get('hidden', False)), 'key-mgmt': str(security.get('key-mgmt', '')),
        'psk': str(security.get('psk', '')), 'persist': str(options.get('persist', '')), 'ap': str(ap)}
    conn = remember(settings, False)
    return dbus.ObjectPath(conn), activate(conn), dbus.Dictionary({}, signature='sv')


def join_known(self, conn, _card, _ap):
    allowed('ActivateConnection')
    return activate(str(conn))


def hear(ssid, strength=60, flags=1, rsn=0x188):
    world['h'] = world.get('h', 0) + 1
    path = f'/org/freedesktop/NetworkManager/AccessPoint/{world["h"]}'
    object_at(nm.MANAGER_OBJ).AddObject(path, nm.ACCESS_POINT_IFACE, {
        'Ssid': dbus.ByteArray(ssid), 'Strength': dbus.Byte(strength), 'Flags': dbus.UInt32(flags), 'WpaFlags': dbus.UInt32(0),
        'RsnFlags': dbus.UInt32(rsn), 'HwAddress': '00:00:00:00:00:01', 'Frequency': dbus.UInt32(2412), 'Mode': dbus.UInt32(2)}, [])
    return path


# The transmitter of that name; a hidden one shows itself to who asks for it.
def heard(ssid):
    for path, obj in dbusmock.mockobject.objects.items():
        props = obj.props.get(nm.ACCESS_POINT_IFACE)
        if props and bytes(bytearray(props['Ssid'])) == ssid:
            return path
    return hear(ssid)


def load(mock, parameters):
    nm.load(mock, parameters)
    manager = object_at(nm.MANAGER_OBJ)
    manager.join_new, manager.join_known = join_new, join_known
    manager.AddMethods(nm.MANAGER_IFACE, [
        ('AddAndActivateConnection2', 'a{sa{sv}}ooa{sv}', 'ooa{sv}', 'ret = self.join_new(self, args[0], args[1], args[2], args[3])'),
        ('ActivateConnection', 'ooo', 'o', 'ret = self.join_known(self, args[0], args[1], args[2])')])
    manager.AddObject('/org/freedesktop/NetworkManager/IP4Config/1', 'org.freedesktop.NetworkManager.IP4Config', {
        'AddressData': dbus.Array([dbus.Dictionary({'address': '192.168.1.20', 'prefix': dbus.UInt32(24)}, signature='sv')], signature='a{sv}')}, [])


def add_card():
    world['card'] = object_at(nm.MANAGER_OBJ).AddWiFiDevice('wlan0', 'wlan0', DISCONNECTED)
    card = object_at(world['card'])
    card.AddProperty(nm.WIRELESS_DEVICE_IFACE, 'ActiveAccessPoint', dbus.ObjectPath('/'))
    card.AddProperty(nm.DEVICE_IFACE, 'Ip4Config', dbus.ObjectPath('/'))


# Nothing of this is as NetworkManager promises it.
def strange():
    props = object_at(world['card']).props
    props[nm.DEVICE_IFACE]['Ip4Config'] = dbus.String('no path')
    for i, (ssid, strength) in enumerate([(dbus.String('text'), dbus.Int64(-7)), (dbus.ByteArray(b'x' * 33), dbus.Byte(255)),
                                          (dbus.Array([dbus.Array([], signature='y')], signature='ay'), dbus.Double(1.5))]):
        props = object_at(hear(b'strange' + bytes([48 + i]))).props[nm.ACCESS_POINT_IFACE]
        props['Ssid'], props['Strength'], props['RsnFlags'] = ssid, strength, dbus.String('none')
    object_at(nm.MANAGER_OBJ).AddObject('/org/freedesktop/NetworkManager/AccessPoint/' + 'a' * 200, nm.ACCESS_POINT_IFACE,
                                        {'Ssid': dbus.ByteArray(b'a path without an end'), 'Strength': dbus.Byte(99)}, [])


@dbus.service.method(TEST, in_signature='s', out_signature='s')
def Do(self, text):
    what = json.loads(text)
    for key in ('password', 'deny', 'save'):
        if key in what:
            world[key] = what[key]
    if what.get('card'):
        add_card()
    for h in what.get('hear', []):
        hear(bytes(h['ssid']) if isinstance(h['ssid'], list) else h['ssid'].encode(), h.get('strength', 60), h.get('flags', 1), h.get('rsn', 0x188))
    if what.get('strange'):
        strange()
    if 'state' in what:
        state(what['state'], 0)
    for name in ('WirelessEnabled', 'WirelessHardwareEnabled'):
        if name in what:
            object_at(nm.MANAGER_OBJ).Set(nm.MANAGER_IFACE, name, what[name])
    known = [{'ssid': bytes(bytearray(object_at(p).settings['802-11-wireless']['ssid'])).decode(errors='replace'),
              'psk': object_at(p).psk, 'saved': not object_at(p).Get(nm.CSETTINGS_IFACE, 'Unsaved')} for p in settings_paths()]
    calls, world['calls'] = world['calls'], []
    return json.dumps({'last': world['last'], 'known': known, 'calls': calls,
                       'on': bool(object_at(nm.MANAGER_OBJ).Get(nm.MANAGER_IFACE, 'WirelessEnabled'))})
